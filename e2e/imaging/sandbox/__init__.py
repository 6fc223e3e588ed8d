"""Images unpacked into folders, their programs run in there, and processes that end with them. Wants root."""
