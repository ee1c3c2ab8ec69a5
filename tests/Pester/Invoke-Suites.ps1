#Requires -Version 7.4
<#
.SYNOPSIS
Runs the Pester suites of this folder against the built module.

.DESCRIPTION
Names each skipped test with its reason, ends with lines "passed: N", "failed: N", "skipped: N", and with exit code 1 when a
test failed. dotnet test runs it once for each version of Pester that is supported.

.EXAMPLE
./tests/Pester/Invoke-Suites.ps1
Runs every suite with the newest Pester that is installed.
#>
[CmdletBinding()]
param(
    # Suites to run; all of this folder where none is named.
    [string[]] $Path = $PSScriptRoot,

    # The manifest of the Pester to run them with. Left out, the newest one that is installed.
    [string] $PesterManifest = 'Pester',

    # A file for the results, one JSON object on each line.
    [string] $ResultPath
)

Import-Module $PesterManifest -MinimumVersion 5.0.0 -ErrorAction Stop

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$run = Invoke-Pester -Configuration $configuration

# What could not be found or set up has no test of its own: the block or file stands for it.
$broken = @($run.FailedBlocks) + @($run.FailedContainers)

if ($ResultPath) {
    & {
        foreach ($test in $run.Tests) {
            [ordered]@{
                Suite        = Split-Path $test.ScriptBlock.File -Leaf
                Name         = $test.ExpandedPath
                Result       = "$($test.Result)"
                Reason       = "$($test.ErrorRecord | Select-Object -First 1)"
                Place        = "$($test.ErrorRecord.ScriptStackTrace | Select-Object -First 1)"
                Milliseconds = $test.Duration.TotalMilliseconds
            }
        }
        foreach ($part in $broken) {
            [ordered]@{
                Suite        = "$($part.Item ?? $part.BlockContainer.Item)" | Split-Path -Leaf
                Name         = "$($part.ExpandedPath ?? $part.Name)"
                Result       = 'Failed'
                Reason       = "$($part.ErrorRecord | Select-Object -First 1)"
                Place        = ''
                Milliseconds = 0
            }
        }
    } | ForEach-Object { ConvertTo-Json -Compress $_ } | Set-Content -LiteralPath $ResultPath
}

foreach ($test in $run.Skipped) {
    "skipped $($test.ExpandedPath)"
    "  $($test.ErrorRecord | Select-Object -First 1)"
}
'passed: {0}' -f $run.PassedCount
'failed: {0}' -f ($run.FailedCount + $broken.Count)
'skipped: {0}' -f ($run.SkippedCount + $run.NotRunCount)
exit ($run.Result -eq 'Passed' ? 0 : 1)
