Describe 'Invoke-GitOpsBootstrap' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
    }

    BeforeEach {
        Push-Location (New-Fleet)
    }

    AfterEach {
        Pop-Location
    }

    It 'prints the plan without a cluster' {
        $plan = Invoke-GitOpsBootstrap prod dc11a -KubeConfigPath (Join-Path $TestDrive none) -WhatIf
        $plan.IsValid | Should -BeTrue
        $plan.Steps.Name | Should -Contain 'Install'
        ($plan.Steps | Where-Object Name -EQ Install).Message | Should -Match '^Run helm upgrade argocd '
    }

    It 'plans a fleet, each cluster through its own context' {
        $plans = Get-ClusterOverlay -Environment prod | Invoke-GitOpsBootstrap -Context { $_.Cluster } -WhatIf
        $plans.Overlay | Should -Be 'apps/system/overlays/prod/dc11a/argocd', 'apps/system/overlays/prod/dc11b/argocd'
    }

    It 'reports a kubeconfig that is not there as the failed preflight' {
        $result = Invoke-GitOpsBootstrap prod dc11a -KubeConfigPath (Join-Path $TestDrive none) -ErrorAction SilentlyContinue -ErrorVariable problems
        $result.Succeeded | Should -BeFalse
        $result.Failure.Name | Should -Be 'Preflight'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'KubeConfigNotFound,*'
        $problems[0].TargetObject | Should -Be 'prod/dc11a'
    }

    It 'shows a result in columns' {
        $text = Invoke-GitOpsBootstrap prod dc11a -KubeConfigPath (Join-Path $TestDrive none) -ErrorAction SilentlyContinue | Out-String -Width 120
        $text | Should -Match 'Succeeded\s+Environment\s+Cluster'
        $text | Should -Match 'Preflight: KubeConfigNotFound'
    }
}
