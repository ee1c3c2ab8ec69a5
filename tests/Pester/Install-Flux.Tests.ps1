Describe 'Install-Flux' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
        . $PSScriptRoot/DeadCluster.ps1
        $config = New-DeadKubeConfig
    }

    It 'lists what it would apply without a cluster' {
        $manifest = Join-Path $TestDrive install.yaml
        Set-Content -Path $manifest -Value @(
            'apiVersion: apps/v1'
            'kind: Deployment'
            'metadata: {name: source-controller, namespace: flux-system, labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/component: source-controller}}'
        )
        (Install-Flux -ManifestPath $manifest -Component source-controller -KubeConfigPath $config -WhatIf).Reference.Name | Should -Be 'source-controller'
    }

    It 'refuses what is no version' {
        { Install-Flux latest -KubeConfigPath $config -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
    }

    It 'completes components' {
        $line = 'Install-Flux -Component helm'
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Be 'helm-controller'
    }
}
