Describe 'Install-Fleet' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
        . $PSScriptRoot/DeadCluster.ps1
        $config = New-DeadKubeConfig
    }

    It 'shows the commands that it would start' {
        $plan = Install-Fleet 0.14.0 -KubeConfigPath $config -Values @{ apiToken = 'pl4nted' } -WhatIf
        $plan.Commands.Count | Should -Be 2
        $plan.Commands -join ' ' | Should -Not -BeLike '*pl4nted*'
    }

    It 'refuses what is no version' {
        { Install-Fleet latest -KubeConfigPath $config -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
    }
}
