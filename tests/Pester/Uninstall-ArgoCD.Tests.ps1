Describe 'Uninstall-ArgoCD' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
    }

    It 'removes nothing with WhatIf, and needs no cluster' {
        Uninstall-ArgoCD -KubeConfigPath (Join-Path $TestDrive none) -WhatIf | Should -BeNullOrEmpty
    }

    It 'fails for a kubeconfig that is not there' {
        { Uninstall-ArgoCD -KubeConfigPath (Join-Path $TestDrive none) -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'KubeConfigNotFound,*'
    }

    It 'fails for a context that is not there' {
        Set-Content -Path (Join-Path $TestDrive config) -Value 'contexts: []'
        { Uninstall-ArgoCD -KubeConfigPath (Join-Path $TestDrive config) -Context nowhere -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'ContextNotFound,*'
    }
}
