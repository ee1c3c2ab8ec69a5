Describe 'Test-KustomizeOverlay' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
    }

    BeforeEach {
        $fleet = New-Fleet
        Push-Location $fleet
    }

    AfterEach {
        Pop-Location
    }

    It 'passes the example repository' {
        $results = Test-KustomizeOverlay apps
        $results | Should -HaveCount 3
        $results.Passed | Should -Not -Contain $false
    }

    It 'fails an overlay with a missing file, with place and remedy' {
        Set-Content apps/system/overlays/prod/dc11b/argocd/kustomization.yaml "resources:`n  - ../../argocd`n  - missing.yaml"
        $failed = Get-ClusterOverlay -Environment prod | Test-KustomizeOverlay | Where-Object { -not $_.Passed }
        $failed.Cluster | Should -Be 'dc11b'
        $failed.Findings[0].Line | Should -Be 3
        $failed.Findings[0].Remedy | Should -Not -BeNullOrEmpty
    }

    It 'finds two clusters with the same host' {
        $file = 'apps/system/overlays/prod/dc11b/argocd/kustomization.yaml'
        Set-Content $file ((Get-Content $file -Raw) -replace 'argocd\.dc11b\.', 'argocd.dc11a.')
        Test-KustomizeOverlay apps | Where-Object { -not $_.Passed } | Should -Not -BeNullOrEmpty
    }

    It 'shows a table with a row for each overlay' {
        $table = Test-KustomizeOverlay apps | Out-String -Width 200
        @($table -split '\n' -match 'apps/system/overlays/') | Should -HaveCount 3
    }

    It 'checks what kubectl renders' {
        if (-not (Get-Command kubectl -CommandType Application -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'there is no kubectl in the PATH'
            return
        }

        $results = Test-KustomizeOverlay apps -Engine Kubectl
        $results | Should -HaveCount 3
        $results.Findings.RuleId | Should -Not -Contain EngineFailed
        Set-Content apps/system/overlays/dev/argocd/kustomization.yaml 'resources: [gone.yaml]'
        (Test-KustomizeOverlay apps/system/overlays/dev/argocd -Engine Kubectl).Findings.RuleId | Should -Be EngineFailed
    }
}
