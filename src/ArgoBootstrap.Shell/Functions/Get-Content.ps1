[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
    [Alias('FullName', 'PSPath')]
    [string[]] $Path,

    [switch] $Raw
)
process {
    foreach ($item in $PSCmdlet.SessionState.Path.GetResolvedPSPathFromPSPath($Path)) {
        if ($Raw) {
            [System.IO.File]::ReadAllText($item.ProviderPath)
        }
        else {
            [System.IO.File]::ReadAllLines($item.ProviderPath)
        }
    }
}
