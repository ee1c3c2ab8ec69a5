#Requires -Version 7.4
<#
.SYNOPSIS
Builds, tests and packages the module. Everything here is one dotnet command; nothing needs this script.

.EXAMPLE
./build.ps1
Builds the solution: afterwards Import-Module ./ArgoBootstrap.psd1 works.

.EXAMPLE
./build.ps1 Test
Runs the tests, and the Pester suites where Pester 5 is installed.

.EXAMPLE
./build.ps1 Package
Makes artifacts/ArgoBootstrap/<version>/, which can be copied to a module folder, and packages beside it: the module as
PSResourceGet takes it, and the console host as a dotnet tool.
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
        'Test' {
            dotnet test --configuration $Configuration
            if (Get-Module -ListAvailable Pester | Where-Object Version -GE 5.0.0) {
                pwsh -NoProfile -File tests/Pester/Invoke-Suites.ps1
            }
            else {
                Write-Warning 'The Pester suites were not run: Pester 5 is not installed.'
            }
        }
        'Package' {
            # With code for every platform, so that no first call waits for the JIT.
            dotnet pack src/ArgoBootstrap.PowerShell --configuration $Configuration --output artifacts -p:Precompile=All
            dotnet pack src/ArgoBootstrap.Shell --configuration $Configuration --output artifacts -p:Precompile=All
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
