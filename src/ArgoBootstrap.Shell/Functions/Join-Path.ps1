[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0, ValueFromPipeline)]
    [string[]] $Path,

    [Parameter(Mandatory, Position = 1)]
    [AllowEmptyString()]
    [string] $ChildPath,

    [Parameter(Position = 2, ValueFromRemainingArguments)]
    [string[]] $AdditionalChildPath
)
process {
    foreach ($start in $Path) {
        $joined = $PSCmdlet.SessionState.Path.Combine($start, $ChildPath)
        foreach ($more in $AdditionalChildPath) {
            $joined = $PSCmdlet.SessionState.Path.Combine($joined, $more)
        }
        $joined
    }
}
