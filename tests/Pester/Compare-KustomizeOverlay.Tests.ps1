Describe 'Compare-KustomizeOverlay' {
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

    It 'says in what two clusters differ' {
        $changes = Compare-KustomizeOverlay apps/system/overlays/prod/dc11a/argocd apps/system/overlays/prod/dc11b/argocd
        ($changes | Where-Object Kind -EQ ConfigMap | Where-Object Name -EQ argocd-cm).Fields.Path | Should -Contain 'data.url'
        $changes.Action | Select-Object -Unique | Should -Be Changed
    }

    It 'shows a diff' {
        $PSStyle.OutputRendering = 'PlainText'
        $text = Compare-KustomizeOverlay apps/system/overlays/prod/dc11a/argocd apps/system/overlays/prod/dc11b/argocd | Out-String -Width 200
        $text | Should -Match '(?m)^~ ConfigMap argocd/argocd-cm\s*$'
        $text | Should -Match '(?m)^    - https://argocd\.dc11a\.prod\.example\.com\s*$'
        $text | Should -Match '(?m)^    \+ https://argocd\.dc11b\.prod\.example\.com\s*$'
    }

    It 'says what changes since the last commit do' {
        if (-not (Get-Command git -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'there is no git in the PATH'
            return
        }

        git init --quiet --initial-branch=main
        git add --all
        git -c user.name=Test -c user.email=test@example.com commit --quiet --message=First
        Compare-KustomizeOverlay apps | Should -BeNullOrEmpty
        $null = New-ClusterOverlay -Environment prod -Name dc12a -IngressHost argocd.dc12a.prod.example.com
        $changes = Compare-KustomizeOverlay apps
        $changes.Cluster | Select-Object -Unique | Should -Be dc12a
        $changes.Action | Select-Object -Unique | Should -Be Added
        $changes[0] | Test-KustomizeOverlay | ForEach-Object Passed | Should -BeTrue
    }

    It 'names what it cannot compare' {
        Compare-KustomizeOverlay apps -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems[0].FullyQualifiedErrorId | Should -Match '^GitRepositoryNotFound'
    }

    It 'finds no difference between the built-in engine and kustomize' {
        if (-not ($env:KUSTOMIZE -or (Get-Command kustomize -CommandType Application -ErrorAction Ignore))) {
            Set-ItResult -Skipped -Because 'neither $env:KUSTOMIZE nor the PATH has a kustomize'
            return
        }

        $program = if ($env:KUSTOMIZE) { $env:KUSTOMIZE } else { 'kustomize' }
        Compare-KustomizeOverlay apps -DifferenceEngine Kustomize -DifferenceEngineCommand $program | Should -BeNullOrEmpty
    }
}
