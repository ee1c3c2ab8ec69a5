Describe 'Uninstall-Flux' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
        . $PSScriptRoot/DeadCluster.ps1
        $config = New-DeadKubeConfig
    }

    It 'removes nothing with -WhatIf' {
        Uninstall-Flux -KubeConfigPath $config -WhatIf | Should -BeNullOrEmpty
    }

    It 'fails for a server that does not answer' {
        { Uninstall-Flux -KubeConfigPath $config -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'ClusterUnreachable,*'
    }
}
