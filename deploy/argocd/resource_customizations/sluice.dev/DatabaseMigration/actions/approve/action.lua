if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
-- of the version that was looked at: a plan that came since isn't meant
obj.metadata.annotations["sluice.dev/approve"] = obj.status.plan.digest
return obj
