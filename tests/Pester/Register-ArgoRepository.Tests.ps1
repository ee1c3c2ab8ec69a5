Describe 'Register-ArgoRepository' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
        . $PSScriptRoot/DeadCluster.ps1
        $config = New-DeadKubeConfig
        $credential = [pscredential]::new('reader', (ConvertTo-SecureString 'pl4nted-passw0rd' -AsPlainText -Force))
    }

    It 'says what it would do without a cluster, a vault or the secret' {
        Register-ArgoRepository https://git.example.com/x -KubeConfigPath $config -SecretName git -WhatIf | Should -BeNullOrEmpty
    }

    It 'refuses <parameters>' -ForEach @(
        @{ Parameters = @{ Url = 'https://u:pl4nted@git.example.com/x' } }
        @{ Parameters = @{ Url = 'https://charts.example.com'; Kind = 'Helm' } }
        @{ Parameters = @{ Url = 'https://git.example.com'; AsTemplate = $true } }
        @{ Parameters = @{ Url = 'registry.example.com/x'; Kind = 'Oci' } }
        @{ Parameters = @{ Url = 'oci://registry.example.com/x:1.0' } }
    ) {
        { Register-ArgoRepository -KubeConfigPath $config @parameters -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidRequest,*'
    }

    It 'does not tell the secret when it fails' {
        Register-ArgoRepository https://git.example.com/x -KubeConfigPath $config -Credential $credential -ErrorAction SilentlyContinue -ErrorVariable failed -Confirm:$false
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'ClusterUnreachable,*'
        $failed | Out-String | Should -Not -BeLike '*pl4nted*'
    }
}
