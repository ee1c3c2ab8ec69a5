Describe 'ArgoBootstrap' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
        $otherModule = Get-ChildItem (Join-Path $Root tests ArgoBootstrap.PowerShell.Tests bin) -Recurse -Filter OtherYaml.psd1 -ErrorAction Ignore |
            Select-Object -First 1
    }

    It 'exports cmdlets and nothing else' {
        $module = Get-Module ArgoBootstrap
        $module.ExportedCommands.Values.CommandType | Sort-Object -Unique | Should -Be 'Cmdlet'
        $module.ExportedCmdlets.Keys | Should -Contain 'Build-KustomizeOverlay'
    }

    It 'uses approved verbs' {
        $verbs = (Get-Verb).Verb
        Get-Command -Module ArgoBootstrap | ForEach-Object { $_.Verb | Should -BeIn $verbs }
    }

    It 'has a valid manifest' {
        (Test-ModuleManifest (Join-Path $Root ArgoBootstrap.psd1)).PowerShellVersion | Should -Be '7.4'
    }

    It 'has help for every cmdlet and parameter' {
        foreach ($command in Get-Command -Module ArgoBootstrap) {
            $help = Get-Help $command.Name -Full
            $help.description.Text | Should -Not -BeNullOrEmpty -Because $command.Name
            @($help.examples.example).Count | Should -BeGreaterOrEqual 2 -Because $command.Name
            foreach ($parameter in $help.parameters.parameter | Where-Object name -NotIn WhatIf, Confirm) {
                $parameter.description.Text | Should -Not -BeNullOrEmpty -Because "$($command.Name) -$($parameter.name)"
            }
        }
    }

    It 'completes <line> with <expected>' -ForEach @(
        @{ Line = 'New-ClusterOverlay -Environment '; Expected = 'dev', 'prod' }
        @{ Line = 'New-ClusterOverlay -Environment prod -Name '; Expected = 'dc11a', 'dc11b' }
        @{ Line = 'Get-ClusterOverlay -Name dc11b'; Expected = 'dc11b' }
    ) {
        Push-Location $Root
        try {
            (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Be $expected
        }
        finally {
            Pop-Location
        }
    }

    It 'can be imported after a module that loaded another version of YamlDotNet' {
        if (-not $otherModule) {
            Set-ItResult -Skipped -Because 'the module that loads it comes with a build of tests/ArgoBootstrap.PowerShell.Tests'
        }
        # The process of the dotnet tool is dotnet: what it runs is its first argument.
        $program = [Environment]::ProcessPath
        $arguments = @(if ([IO.Path]::GetFileNameWithoutExtension($program) -ne 'pwsh') { 'exec'; Join-Path $PSHOME pwsh.dll })
        $output = & $program @arguments -NoProfile -NonInteractive -Command {
            param($other, $module, $apps)
            $ErrorActionPreference = 'Stop'
            Import-Module $other
            (ConvertFrom-OtherYaml 'a: b').Version
            Import-Module $module
            @(Build-KustomizeOverlay $apps -AsYaml).Count
            (ConvertFrom-OtherYaml 'a: b').Version
        } -args $otherModule.FullName, (Join-Path $Root ArgoBootstrap.psd1), (Join-Path $Root apps)
        $output | Should -Be '13.0.0.0', 3, '13.0.0.0'
    }
}
