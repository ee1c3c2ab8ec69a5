Describe 'Update-ArgoCD' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
    }

    BeforeEach {
        Push-Location (New-Fleet)
    }

    AfterEach {
        Pop-Location
    }

    It 'shows what the overlay asks for, without a cluster' {
        (Get-ClusterOverlay dc11a | Update-ArgoCD -WhatIf).Version | Should -Not -BeNullOrEmpty
    }

    It 'refuses a version that is none' {
        { Update-ArgoCD -Version latest -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
    }

    It 'fails for a kubeconfig that is not there' {
        { Get-ClusterOverlay dc11a | Update-ArgoCD -KubeConfigPath (Join-Path $TestDrive none) -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'KubeConfigNotFound,*'
    }
}
