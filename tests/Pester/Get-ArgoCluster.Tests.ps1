Describe 'Get-ArgoCluster' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
        . $PSScriptRoot/DeadCluster.ps1
        $config = New-DeadKubeConfig
    }

    It 'fails for a server that does not answer' {
        { Get-ArgoCluster -KubeConfigPath $config -ErrorAction Stop } | Should -Throw -ErrorId 'ClusterUnreachable,*'
    }

    It 'completes nothing, and soon, where the server does not answer' {
        $line = "Get-ArgoCluster -KubeConfigPath '$config' -Name "
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches | Where-Object ResultType -EQ ParameterValue | Should -BeNullOrEmpty
    }
}
