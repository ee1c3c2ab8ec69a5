Describe 'New-ClusterOverlay' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
        $cluster = @{ Environment = 'prod'; Name = 'dc12a'; IngressHost = 'argocd.dc12a.prod.example.com' }
    }

    BeforeEach {
        $fleet = New-Fleet
        Push-Location $fleet
    }

    AfterEach {
        Pop-Location
    }

    It 'writes one file, and the overlay renders' {
        $before = Get-FleetHash $fleet
        $overlay = New-ClusterOverlay @cluster
        @(Get-FleetHash $fleet | Where-Object { $_ -notin $before }) | Should -HaveCount 1
        ($overlay | Build-KustomizeOverlay | Where-Object kind -EQ Ingress).spec.rules[0].host | Should -Be $cluster.IngressHost
    }

    It 'refuses to write it again, unless forced' {
        $null = New-ClusterOverlay @cluster
        $before = Get-FleetHash $fleet
        { New-ClusterOverlay @cluster -ErrorAction Stop } | Should -Throw -ErrorId 'OverlayExists,*'
        Get-FleetHash $fleet | Should -Be $before
        New-ClusterOverlay @cluster -Force | Should -HaveCount 1
    }

    It 'writes nothing with -WhatIf' {
        $before = Get-FleetHash $fleet
        New-ClusterOverlay @cluster -WhatIf
        Get-FleetHash $fleet | Should -Be $before
    }

    It 'refuses the name <_>' -ForEach '../x', 'DC_1', ('a' * 64), 'argocd' {
        $before = Get-FleetHash $fleet
        { New-ClusterOverlay -Environment prod -Name $_ -IngressHost x.example.com -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidName,*'
        Get-FleetHash $fleet | Should -Be $before
    }

    It 'refuses a host that another cluster has' {
        { New-ClusterOverlay prod dc12a argocd.dc11a.prod.example.com -ErrorAction Stop } | Should -Throw -ErrorId 'HostInUse,*'
    }
}
