[CmdletBinding()]
param(
    [Parameter(ValueFromPipeline)]
    [psobject] $InputObject,

    # Names or script blocks.
    [Parameter(Position = 0)]
    [object[]] $Property,

    [switch] $NoElement
)
begin {
    $groups = [ordered]@{}
}
process {
    if ($PSBoundParameters.ContainsKey('InputObject')) {
        $values = @(foreach ($wanted in $Property) {
                $wanted -is [scriptblock] ? (ForEach-Object -Process $wanted -InputObject $InputObject) : $InputObject.$wanted
            })
        if (-not $Property) {
            $values = @($InputObject)
        }
        $name = $values -join ', '
        if (-not $groups.Contains($name)) {
            $groups[$name] = [System.Collections.Generic.List[psobject]]::new()
        }
        $groups[$name].Add($InputObject)
    }
}
end {
    foreach ($entry in $groups.GetEnumerator()) {
        $group = [ordered]@{ Count = $entry.Value.Count; Name = $entry.Key }
        if (-not $NoElement) {
            $group.Group = $entry.Value
        }
        [pscustomobject]$group
    }
}
