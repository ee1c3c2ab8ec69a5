[CmdletBinding()]
param(
    [Parameter(ValueFromPipeline)]
    [psobject] $InputObject,

    # Names or script blocks.
    [Parameter(Position = 0)]
    [object[]] $Property,

    [switch] $Descending,

    [switch] $Unique
)
begin {
    $items = [System.Collections.Generic.List[object]]::new()
}
process {
    if ($PSBoundParameters.ContainsKey('InputObject')) {
        $keys = @(foreach ($wanted in $Property) {
                $wanted -is [scriptblock] ? (ForEach-Object -Process $wanted -InputObject $InputObject) : $InputObject.$wanted
            })
        if (-not $Property) {
            $keys = @($InputObject)
        }
        $items.Add([pscustomobject]@{ Item = $InputObject; Keys = $keys; Index = $items.Count })
    }
}
end {
    $compareKeys = {
        param($left, $right)
        for ($i = 0; $i -lt $left.Keys.Count; $i++) {
            $order = [System.Management.Automation.LanguagePrimitives]::Compare($left.Keys[$i], $right.Keys[$i], $true)
            if ($order -ne 0) {
                return $Descending ? -$order : $order
            }
        }
        0
    }
    # The position decides where the keys do not: items that are equal keep their order.
    $items.Sort([System.Comparison[object]] {
            param($left, $right)
            $order = & $compareKeys $left $right
            $order -ne 0 ? $order : $left.Index - $right.Index
        })
    $previous = $null
    foreach ($item in $items) {
        if (-not $Unique -or $null -eq $previous -or (& $compareKeys $previous $item) -ne 0) {
            $item.Item
        }
        $previous = $item
    }
}
