Describe 'Install-ArgoCD' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
    }

    BeforeEach {
        Push-Location (New-Fleet)
    }

    AfterEach {
        Pop-Location
    }

    It 'shows the command that the overlay asks for, without a cluster' {
        $plan = Get-ClusterOverlay dc11a | Install-ArgoCD -Context dc11a -WhatIf
        $plan.Method | Should -Be 'Helm'
        $plan.Command | Should -Match '^helm upgrade argocd argo-cd --install .* --kube-context dc11a'
    }

    It 'refuses parameters that do not fit together' {
        { Install-ArgoCD -Environment prod -Cluster dc11a -Method Helm -Version v3.5.1 -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
    }

    It 'fails for a kubeconfig that is not there' {
        { Get-ClusterOverlay dc11a | Install-ArgoCD -KubeConfigPath (Join-Path $TestDrive none) -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'KubeConfigNotFound,*'
    }
}
