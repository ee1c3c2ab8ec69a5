[CmdletBinding()]
param(
    [Parameter(ValueFromPipeline)]
    [psobject] $InputObject,

    # Names with wildcards, script blocks, or @{ Name = ...; Expression = { ... } }.
    [Parameter(Position = 0)]
    [object[]] $Property,

    [string] $ExpandProperty,

    [ValidateRange(0, [int]::MaxValue)]
    [int] $First,

    [ValidateRange(0, [int]::MaxValue)]
    [int] $Last,

    [ValidateRange(0, [int]::MaxValue)]
    [int] $Skip,

    [switch] $Unique
)
begin {
    $items = [System.Collections.Generic.List[psobject]]::new()
}
process {
    if ($PSBoundParameters.ContainsKey('InputObject')) {
        $items.Add($InputObject)
    }
}
end {
    $start = [Math]::Min($Skip, $items.Count)
    $count = $items.Count - $start
    if ($PSBoundParameters.ContainsKey('First')) {
        $count = [Math]::Min($First, $count)
    }
    elseif ($PSBoundParameters.ContainsKey('Last')) {
        $count = [Math]::Min($Last, $count)
        $start = $items.Count - $Skip - $count
    }

    $seen = [System.Collections.Generic.HashSet[string]]::new()
    foreach ($item in $items.GetRange($start, $count)) {
        $_ = $item
        $result = $item
        if ($Property) {
            $selected = [ordered]@{}
            foreach ($wanted in $Property) {
                if ($wanted -is [System.Collections.IDictionary]) {
                    $name = $wanted.Name ?? $wanted.Label ?? $wanted.N ?? $wanted.L
                    $expression = $wanted.Expression ?? $wanted.E
                    $selected[[string]$name] = $expression -is [scriptblock] ? (ForEach-Object -Process $expression -InputObject $item) : $item.$expression
                }
                elseif ($wanted -is [scriptblock]) {
                    $selected["$wanted".Trim()] = ForEach-Object -Process $wanted -InputObject $item
                }
                elseif ([wildcardpattern]::ContainsWildcardCharacters($wanted)) {
                    $item.psobject.Properties | Where-Object Name -Like $wanted | ForEach-Object { $selected[$_.Name] = $_.Value }
                }
                else {
                    $selected[[string]$wanted] = $item.$wanted
                }
            }
            $result = [pscustomobject]$selected
        }
        elseif ($ExpandProperty) {
            $result = $item.$ExpandProperty
        }

        $key = $Unique ? [System.Management.Automation.PSSerializer]::Serialize($result, 2) : ''
        if (-not $Unique -or $seen.Add($key)) {
            $result
        }
    }
}
