[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0, ValueFromPipeline)]
    [AllowEmptyString()]
    [string] $Message,

    [string] $ErrorId = 'Microsoft.PowerShell.Commands.WriteErrorException',

    [System.Management.Automation.ErrorCategory] $Category = 'NotSpecified',

    [object] $TargetObject
)
process {
    $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new([System.Exception]::new($Message), $ErrorId, $Category, $TargetObject))
}
