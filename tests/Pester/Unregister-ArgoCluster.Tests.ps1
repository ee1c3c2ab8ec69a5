Describe 'Unregister-ArgoCluster' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
        . $PSScriptRoot/DeadCluster.ps1
        $config = New-DeadKubeConfig
    }

    It 'asks before it removes anything' {
        (Get-Command Unregister-ArgoCluster).ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false).ConfirmImpact | Should -Be 'High'
    }

    It 'fails for a server that does not answer' {
        { Unregister-ArgoCluster dc11a -KubeConfigPath $config -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'ClusterUnreachable,*'
    }
}
