local suspended = obj.spec ~= nil and obj.spec.suspend == true
local deleting = obj.metadata.deletionTimestamp ~= nil

-- worth a retry: what stands still, and what waits for its next attempt
local failed = false
-- of this version of the spec, by somebody who has read the plan
local planned = false
if obj.status ~= nil and obj.status.conditions ~= nil then
  for _, condition in ipairs(obj.status.conditions) do
    if condition.status == "True" and (condition.type == "Stalled" or condition.reason == "RetryScheduled") then
      failed = true
    end
    if condition.status == "True" and condition.reason == "WaitingForApproval" then
      planned = obj.status.plan ~= nil and obj.status.observedGeneration == obj.metadata.generation
    end
  end
end

return {
  retry = {disabled = deleting or suspended or not failed},
  suspend = {disabled = deleting or suspended},
  resume = {disabled = deleting or not suspended},
  approve = {disabled = deleting or suspended or not planned}
}
