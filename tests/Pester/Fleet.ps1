# Dot-sourced by the suites: imports the built module, and makes copies of the example repository to change.
$script:Root = Split-Path (Split-Path $PSScriptRoot)
Import-Module (Join-Path $script:Root 'ArgoBootstrap.psd1') -Force

function New-Fleet {
    $path = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
    $null = New-Item -ItemType Directory -Path $path
    Copy-Item -Path (Join-Path $script:Root 'apps') -Destination $path -Recurse
    $path
}

function Get-FleetHash([string] $Path) {
    Get-ChildItem -Path $Path -Recurse -File | Sort-Object FullName | ForEach-Object {
        '{0} {1}' -f [System.IO.Path]::GetRelativePath($Path, $_.FullName), (Get-FileHash -LiteralPath $_.FullName).Hash
    }
}
