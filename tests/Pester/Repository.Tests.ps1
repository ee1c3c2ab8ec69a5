<#
A validation script as you would keep it in your own GitOps repository. It needs nothing but the module and Pester:

    Invoke-Pester ./tests/Repository.Tests.ps1

Set ARGOBOOTSTRAP_REPOSITORY to test another repository than the one that the module's examples are in.
#>

BeforeDiscovery {
    $root = $env:ARGOBOOTSTRAP_REPOSITORY ? $env:ARGOBOOTSTRAP_REPOSITORY : (Split-Path (Split-Path $PSScriptRoot))
    Import-Module (Join-Path (Split-Path (Split-Path $PSScriptRoot)) ArgoBootstrap.psd1)
    $clusters = Get-ClusterOverlay -RepositoryPath $root
}

Describe 'The repository' {
    BeforeAll {
        $root = $env:ARGOBOOTSTRAP_REPOSITORY ? $env:ARGOBOOTSTRAP_REPOSITORY : (Split-Path (Split-Path $PSScriptRoot))
        $repository = Get-GitOpsRepository $root
        $results = Test-KustomizeOverlay (Join-Path $root apps)
    }

    It 'has every environment that the settings name' {
        foreach ($environment in $repository.Settings.Environments) {
            $repository.Environments | Should -Contain $environment
        }
    }

    It 'has no overlay with errors' {
        $results.Findings | Where-Object Severity -EQ Error | ForEach-Object { "$_" } | Should -BeNullOrEmpty
    }

    It 'gives every cluster a host of its own' {
        $hosts = (Get-ClusterOverlay -RepositoryPath $root).IngressHost
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
        $paths = $resources | Where-Object kind -EQ Application | ForEach-Object { @($_.spec.sources) + @($_.spec.source) } | ForEach-Object path
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
