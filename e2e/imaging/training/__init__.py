"""Class archives, which Java makes of what an image's own program loads in a real run, in the image's own root folder."""
