#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0.0' }
<#
.SYNOPSIS
Runs the Pester suites of this folder against the built module.

.DESCRIPTION
Names each skipped test with its reason, ends with lines "passed: N", "failed: N", "skipped: N", and with exit code 1 when a
test failed.
#>
[CmdletBinding()]
param(
    # Suites to run; all of this folder where none is named.
    [string[]] $Path = $PSScriptRoot
)

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$run = Invoke-Pester -Configuration $configuration

foreach ($test in $run.Skipped) {
    "skipped $($test.ExpandedPath)"
    "  $($test.ErrorRecord | Select-Object -First 1)"
}
'passed: {0}' -f $run.PassedCount
'failed: {0}' -f ($run.FailedCount + $run.FailedBlocksCount + $run.FailedContainersCount)
'skipped: {0}' -f ($run.SkippedCount + $run.NotRunCount)
if ($run.Result -ne 'Passed') {
    exit 1
}
