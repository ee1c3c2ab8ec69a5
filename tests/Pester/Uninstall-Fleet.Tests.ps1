Describe 'Uninstall-Fleet' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
        . $PSScriptRoot/DeadCluster.ps1
        $config = New-DeadKubeConfig
    }

    It 'removes nothing with -WhatIf' {
        Uninstall-Fleet -KubeConfigPath $config -WhatIf | Should -BeNullOrEmpty
    }

    It 'fails for a server that does not answer' {
        { Uninstall-Fleet -KubeConfigPath $config -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'ClusterUnreachable,*'
    }
}
