Describe 'Test-ClusterPrerequisite' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
        $config = Join-Path $TestDrive config
        # Nothing listens on port 1.
        Set-Content -Path $config -Value @(
            'current-context: dead'
            'clusters: [{name: dead, cluster: {server: "http://127.0.0.1:1"}}]'
            'contexts: [{name: dead, context: {cluster: dead}}]'
        )
    }

    It 'reports a server that does not answer as a result with a remedy' {
        $failed = Test-ClusterPrerequisite -KubeConfigPath $config | Where-Object Status -EQ Failed
        $failed.Name | Should -Be 'Reachability'
        $failed.Remedy | Should -Not -BeNullOrEmpty
    }

    It 'fails for a context that is not there' {
        { Test-ClusterPrerequisite -KubeConfigPath $config -Context nowhere -ErrorAction Stop } | Should -Throw -ErrorId 'ContextNotFound,*'
    }
}
