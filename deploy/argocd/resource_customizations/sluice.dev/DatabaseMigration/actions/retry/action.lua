if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
-- any value but the last; that of the version which was looked at, so that a second click asks for nothing more
obj.metadata.annotations["sluice.dev/retry"] = obj.metadata.resourceVersion
return obj
