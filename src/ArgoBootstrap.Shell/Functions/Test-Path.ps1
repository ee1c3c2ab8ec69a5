[CmdletBinding(DefaultParameterSetName = 'Path')]
param(
    [Parameter(Mandatory, Position = 0, ValueFromPipeline, ParameterSetName = 'Path')]
    [string[]] $Path,

    [Parameter(Mandatory, ParameterSetName = 'LiteralPath')]
    [string[]] $LiteralPath,

    [ValidateSet('Any', 'Container', 'Leaf')]
    [string] $PathType = 'Any'
)
process {
    $literal = $PSCmdlet.ParameterSetName -eq 'LiteralPath'
    foreach ($item in ($literal ? $LiteralPath : $Path)) {
        $there = $PSCmdlet.InvokeProvider.Item.Exists($item, $false, $literal)
        if ($there -and $PathType -ne 'Any') {
            $there = $PSCmdlet.InvokeProvider.Item.IsContainer($item) -eq ($PathType -eq 'Container')
        }
        $there
    }
}
