#Requires -Version 7.4
<#
.SYNOPSIS
Builds, tests and packages the module. Everything here is one dotnet command; nothing needs this script.

.EXAMPLE
./build.ps1
Builds the solution: afterwards Import-Module ./ArgoBootstrap.psd1 works.

.EXAMPLE
./build.ps1 Test
Runs the tests, the Pester suites among them.

.EXAMPLE
./build.ps1 Package
Makes artifacts/ArgoBootstrap/<version>/, which can be copied to a module folder, and the package beside it, as
PSResourceGet takes it.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Package', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = $Task -eq 'Package' ? 'Release' : 'Debug'
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

Push-Location -LiteralPath $PSScriptRoot
try {
    switch ($Task) {
        'Build' { dotnet build --configuration $Configuration }
        'Test' { dotnet test --configuration $Configuration }
        'Package' {
            # With code for every platform, so that no first call waits for the JIT.
            dotnet pack src/ArgoBootstrap.PowerShell --configuration $Configuration --output artifacts -p:Precompile=All
        }
        'Clean' {
            dotnet clean --configuration $Configuration
            Remove-Item artifacts -Recurse -Force -ErrorAction Ignore
        }
    }
}
finally {
    Pop-Location
}
