Describe 'Build-KustomizeOverlay' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
        $expected = Join-Path $Root tests fixtures expected apps
    }

    BeforeEach {
        $fleet = New-Fleet
        Push-Location $fleet
    }

    AfterEach {
        Pop-Location
    }

    It 'prints what kustomize prints' {
        foreach ($file in Get-ChildItem $expected -Filter *.yaml) {
            $yaml = Build-KustomizeOverlay ('apps/' + $file.BaseName.Replace('__', '/')) -AsYaml
            "$yaml`n" | Should -BeExactly (Get-Content $file -Raw) -Because $file.BaseName
        }
    }

    It 'takes overlays from the pipeline' {
        @(Get-ClusterOverlay -Environment prod | Build-KustomizeOverlay -AsYaml).Count | Should -Be 2
        @(Get-Item apps | Build-KustomizeOverlay -AsYaml).Count | Should -Be 3
    }

    It 'writes objects that serialize to the resource' {
        $application = Build-KustomizeOverlay apps/system/overlays/prod/dc11a/argocd | Where-Object kind -EQ Application
        $application.metadata.name | Should -Not -BeNullOrEmpty
        $application.PSOverlay.Path | Should -Be (Join-Path $fleet apps system overlays prod dc11a argocd)
        $read = $application | ConvertTo-Json -Depth 30 | ConvertFrom-Json
        $read.psobject.Properties.Name | Should -Be 'apiVersion', 'kind', 'metadata', 'spec'
        $read.spec.destination.psobject.Properties.Name | Sort-Object | Should -Be 'namespace', 'server'
        $application | Should -BeOfType System.Management.Automation.PSCustomObject
    }

    It 'writes a file for each overlay' {
        (Build-KustomizeOverlay apps -OutputPath out).Name | Sort-Object |
            Should -Be 'dev.argocd.yaml', 'prod.dc11a.argocd.yaml', 'prod.dc11b.argocd.yaml'
    }

    It 'writes nothing with -WhatIf' {
        Build-KustomizeOverlay apps -OutputPath out -WhatIf
        'out' | Should -Not -Exist
    }

    It 'names file, line and column of what is wrong, and renders the rest' {
        Add-Content apps/system/overlays/prod/dc11b/argocd/kustomization.yaml "`nnamespace: [wrong]"
        $yaml = Build-KustomizeOverlay apps -AsYaml -ErrorAction SilentlyContinue -ErrorVariable problems
        @($yaml).Count | Should -Be 2
        $problems | Should -HaveCount 1
        $problems[0].ToString() | Should -Match 'dc11b[/\\]argocd[/\\]kustomization\.yaml:\d+:\d+: '
        $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'renders a base of a Git repository' {
        if (-not (Get-Command git -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'there is no git in the PATH'
            return
        }

        git init --quiet --initial-branch=main
        git add --all
        git -c user.name=Test -c user.email=test@example.com commit --quiet --message=First
        $url = 'git::' + [uri]::new($fleet).AbsoluteUri + '//apps/system/overlays/dev/argocd?ref=main'
        $null = New-Item remote -ItemType Directory
        Set-Content remote/kustomization.yaml "resources: ['$url']"
        Build-KustomizeOverlay remote -AsYaml | Should -BeExactly (Build-KustomizeOverlay apps/system/overlays/dev/argocd -AsYaml)
    }

    It 'prints what the kustomize of this machine prints' {
        if (-not ($env:KUSTOMIZE -or (Get-Command kustomize -CommandType Application -ErrorAction Ignore))) {
            Set-ItResult -Skipped -Because 'neither $env:KUSTOMIZE nor the PATH has a kustomize'
            return
        }

        $program = if ($env:KUSTOMIZE) { $env:KUSTOMIZE } else { 'kustomize' }
        $path = 'apps/system/overlays/prod/dc11a/argocd'
        Build-KustomizeOverlay $path -AsYaml -Engine Kustomize -EngineCommand $program | Should -BeExactly (Build-KustomizeOverlay $path -AsYaml)
        (Build-KustomizeOverlay $path -Engine Kustomize -EngineCommand $program).Count | Should -Be (Build-KustomizeOverlay $path).Count
    }

    It 'names a binary that is not there' {
        { Build-KustomizeOverlay apps -Engine Kustomize -EngineCommand ./gone -ErrorAction Stop } |
            Should -Throw -ErrorId 'EngineNotFound,ArgoBootstrap.PowerShell.Commands.Render.BuildKustomizeOverlayCommand'
    }
}
