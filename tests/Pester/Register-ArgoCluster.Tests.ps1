Describe 'Register-ArgoCluster' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
        . $PSScriptRoot/DeadCluster.ps1
        $config = New-DeadKubeConfig
    }

    It 'says what it would do without a cluster' {
        Register-ArgoCluster dc11a -KubeConfigPath $config -TargetContext other -WhatIf | Should -BeNullOrEmpty
    }

    It 'takes clusters from the pipeline' {
        Push-Location (New-Fleet)
        try {
            { Get-ClusterOverlay -Environment prod | Where-Object Cluster | Register-ArgoCluster -KubeConfigPath $config -TargetContext { $_.Cluster } -WhatIf -ErrorAction Stop } |
                Should -Not -Throw
        }
        finally {
            Pop-Location
        }
    }

    It 'refuses <parameters>' -ForEach @(
        @{ Parameters = @{ Name = 'Not_A_Name' } }
        @{ Parameters = @{ Name = 'dc11a'; Rotate = $true } }
        @{ Parameters = @{ Name = 'dc11a'; TargetContext = 'other'; Server = 'dc11a' } }
        @{ Parameters = @{ Name = 'dc11a'; ExecCommand = 'argocd-k8s-auth' } }
    ) {
        { Register-ArgoCluster -KubeConfigPath $config @parameters -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
    }

    It 'completes the contexts of the cluster that is registered' {
        $line = "Register-ArgoCluster dc11a -KubeConfigPath '$config' -TargetContext "
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Be 'dead', 'other'
    }
}
