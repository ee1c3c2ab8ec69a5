[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Path,

    [Parameter(Mandatory, Position = 1, ValueFromPipeline)]
    [AllowNull()]
    [AllowEmptyString()]
    [AllowEmptyCollection()]
    [object[]] $Value,

    [switch] $NoNewline
)
begin {
    $lines = [System.Collections.Generic.List[string]]::new()
}
process {
    foreach ($line in $Value) {
        $lines.Add([string]$line)
    }
}
end {
    $file = $PSCmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
    if ($PSCmdlet.ShouldProcess($file, 'Set Content')) {
        if ($NoNewline) {
            [System.IO.File]::WriteAllText($file, -join $lines)
        }
        else {
            [System.IO.File]::WriteAllLines($file, $lines)
        }
    }
}
