[CmdletBinding()]
param(
    [Parameter(Position = 0, ValueFromPipeline)]
    [string] $Path = $HOME
)
process {
    $null = $PSCmdlet.SessionState.Path.SetLocation($Path)
}
