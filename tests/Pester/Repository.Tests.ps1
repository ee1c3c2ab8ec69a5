<#
A validation script as you would keep it in your own GitOps repository, in whatever folder. It needs nothing but the module
and Pester:

    Invoke-Pester ./tests/Repository.Tests.ps1

It tests the repository that it lies in; ARGOBOOTSTRAP_REPOSITORY names another one. The module is the one that is imported
already, then the one of a folder around this file, then the one that is installed.
#>

BeforeDiscovery {
    if (-not (Get-Module ArgoBootstrap)) {
        $folder = $PSScriptRoot
        while ($folder -and -not (Test-Path (Join-Path $folder ArgoBootstrap.psd1))) {
            $folder = Split-Path $folder
        }
        Import-Module ($folder ? (Join-Path $folder ArgoBootstrap.psd1) : 'ArgoBootstrap')
    }
    $path = $env:ARGOBOOTSTRAP_REPOSITORY ? $env:ARGOBOOTSTRAP_REPOSITORY : $PSScriptRoot
    $clusters = @(Get-ClusterOverlay -Application argocd -RepositoryPath $path)
}

Describe 'The repository' {
    BeforeAll {
        $path = $env:ARGOBOOTSTRAP_REPOSITORY ? $env:ARGOBOOTSTRAP_REPOSITORY : $PSScriptRoot
        $repository = Get-GitOpsRepository $path
        $results = Test-KustomizeOverlay (Join-Path $repository.Root apps)
    }

    It 'has every environment that the settings name' {
        foreach ($environment in $repository.Settings.Environments) {
            $repository.Environments | Should -Contain $environment
        }
    }

    It 'has no overlay with errors' {
        $results | ForEach-Object Findings | Where-Object Severity -EQ Error | ForEach-Object { "$_" } | Should -BeNullOrEmpty
    }

    It 'gives every cluster a host of its own' {
        $hosts = Get-ClusterOverlay -Application argocd -RepositoryPath $path | ForEach-Object IngressHost
        $hosts | Should -Not -BeNullOrEmpty
        $hosts | Group-Object | Where-Object Count -GT 1 | Should -BeNullOrEmpty
    }
}

Describe 'The overlay <_.RelativePath>' -ForEach $clusters {
    BeforeAll {
        $overlay = $_
        $resources = $overlay | Build-KustomizeOverlay
    }

    It 'lets its Argo CD manage itself from this very path' {
        $applications = $resources | Where-Object kind -EQ Application
        $paths = foreach ($field in 'source', 'sources') {
            $applications.spec | Where-Object { $_.psobject.Properties[$field] } | ForEach-Object $field |
                Where-Object { $_.psobject.Properties['path'] } | ForEach-Object path
        }
        $paths | Should -Contain $overlay.RelativePath
    }

    It 'serves Argo CD under its own host' {
        ($resources | Where-Object kind -EQ Ingress).spec.rules.host | Should -Be $overlay.IngressHost
    }

    It 'grants nothing to those whom no role names' {
        $rbac = $resources | Where-Object { $_.kind -eq 'ConfigMap' -and $_.metadata.name -eq 'argocd-rbac-cm' }
        $rbac.data.'policy.default' | Should -BeNullOrEmpty
    }

    It 'denies all traffic that no policy allows' {
        $resources | Where-Object { $_.kind -eq 'NetworkPolicy' -and $_.metadata.name -eq 'default-deny' } | Should -HaveCount 1
    }
}
