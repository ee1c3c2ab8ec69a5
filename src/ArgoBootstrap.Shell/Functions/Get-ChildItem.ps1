[CmdletBinding()]
param(
    [Parameter(Position = 0, ValueFromPipeline, ValueFromPipelineByPropertyName)]
    [Alias('FullName', 'PSPath')]
    [string[]] $Path = '.',

    [Parameter(Position = 1)]
    [string] $Filter = '*',

    [switch] $Recurse,

    [switch] $File,

    [switch] $Directory
)
process {
    $PSCmdlet.InvokeProvider.ChildItem.Get($Path, $Recurse, $false, $false) | Where-Object {
        $_.PSChildName -like $Filter -and
        (-not $File -or -not $_.PSIsContainer) -and
        (-not $Directory -or $_.PSIsContainer)
    }
}
