[CmdletBinding()]
param(
    [Parameter(ValueFromPipeline)]
    [psobject] $InputObject,

    [Parameter(Position = 0)]
    [string] $Property,

    [switch] $Sum,

    [switch] $Average,

    [switch] $Minimum,

    [switch] $Maximum
)
begin {
    $values = [System.Collections.Generic.List[object]]::new()
}
process {
    if ($PSBoundParameters.ContainsKey('InputObject')) {
        $values.Add($Property ? $InputObject.$Property : $InputObject)
    }
}
end {
    $result = [ordered]@{ Count = $values.Count }
    $total = 0
    $least = $null
    $most = $null
    if ($Sum -or $Average -or $Minimum -or $Maximum) {
        foreach ($value in $values) {
            $total += $value
            $least = $null -eq $least -or $value -lt $least ? $value : $least
            $most = $null -eq $most -or $value -gt $most ? $value : $most
        }
    }
    if ($Average) {
        $result.Average = $values.Count ? $total / $values.Count : $null
    }
    if ($Sum) {
        $result.Sum = $total
    }
    if ($Maximum) {
        $result.Maximum = $most
    }
    if ($Minimum) {
        $result.Minimum = $least
    }
    [pscustomobject]$result
}
