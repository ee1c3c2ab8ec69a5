Describe 'Deploy-KustomizeOverlay' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
    }

    BeforeEach {
        Push-Location (New-Fleet)
    }

    AfterEach {
        Pop-Location
    }

    It 'lists what it would apply without a cluster' {
        $plan = Get-ClusterOverlay dc11a | Deploy-KustomizeOverlay -KubeConfigPath (Join-Path $TestDrive none) -WhatIf
        $plan[0].Reference.Type.Kind | Should -Be 'Namespace'
        $plan.Reference.Type.Kind | Should -Contain 'Application'
    }

    It 'fails for a kubeconfig that is not there' {
        { Get-ClusterOverlay dc11a | Deploy-KustomizeOverlay -KubeConfigPath (Join-Path $TestDrive none) -Confirm:$false -ErrorAction Stop } |
            Should -Throw -ErrorId 'KubeConfigNotFound,*'
    }
}
