Describe 'Get-ClusterOverlay' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
    }

    BeforeEach {
        Push-Location (New-Fleet)
    }

    AfterEach {
        Pop-Location
    }

    It 'lists what clusters get' {
        (Get-ClusterOverlay).RelativePath | Should -Be @(
            'apps/system/overlays/dev/argocd'
            'apps/system/overlays/prod/dc11a/argocd'
            'apps/system/overlays/prod/dc11b/argocd'
        )
    }

    It 'lists what they share when asked' {
        (Get-ClusterOverlay -IncludeShared | Where-Object Kind -EQ Shared).RelativePath | Should -Be 'apps/system/overlays/prod/argocd'
    }

    It 'filters by name and environment' {
        (Get-ClusterOverlay *b).Cluster | Should -Be 'dc11b'
        (Get-ClusterOverlay -Environment dev).Environment | Should -Be 'dev'
    }

    It 'fails for a name that no cluster has' {
        { Get-ClusterOverlay dc99 -ErrorAction Stop } | Should -Throw -ErrorId 'OverlayNotFound,*'
    }

    It 'shows a table' {
        Get-ClusterOverlay | Out-String -Width 200 | Should -Match 'Environment: prod\s+Cluster\s+Kind\s+IngressHost\s+RelativePath'
    }
}
