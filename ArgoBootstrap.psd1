@{
    RootModule           = 'module/ArgoBootstrap.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '9d1a6d0e-0c53-4c3c-9a86-3f2d6a4e7b51'
    Author               = 'ArgoBootstrap contributors'
    CompanyName          = 'ArgoBootstrap'
    Copyright            = '(c) ArgoBootstrap contributors. Licensed under the Apache License 2.0.'
    Description          = 'Manages many Kubernetes clusters from one Git repository: an Argo CD per cluster that manages itself from its Kustomize overlay. Renders and validates every overlay in process.'

    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')

    RequiredAssemblies   = @('module/bin/ArgoBootstrap.Loader.dll')
    FormatsToProcess     = @('module/ArgoBootstrap.Format.ps1xml')

    CmdletsToExport      = @(
        'Build-KustomizeOverlay'
        'Compare-KustomizeOverlay'
        'Deploy-KustomizeOverlay'
        'Get-ArgoCluster'
        'Get-BootstrapAuditLog'
        'Get-ClusterOverlay'
        'Get-GitOpsRepository'
        'Install-ArgoCD'
        'Install-Fleet'
        'Install-Flux'
        'Invoke-GitOpsBootstrap'
        'New-ClusterOverlay'
        'Register-ArgoCluster'
        'Register-ArgoRepository'
        'Resolve-OverlayPath'
        'Test-ClusterPrerequisite'
        'Test-KustomizeOverlay'
        'Uninstall-ArgoCD'
        'Uninstall-Fleet'
        'Uninstall-Flux'
        'Unregister-ArgoCluster'
        'Update-ArgoCD'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()

    PrivateData          = @{
        PSData = @{
            Tags         = @('ArgoCD', 'GitOps', 'Kubernetes', 'Kustomize', 'PSEdition_Core', 'Linux', 'MacOS', 'Windows')
            LicenseUri   = 'https://www.apache.org/licenses/LICENSE-2.0'
            ProjectUri   = 'https://github.com/argobootstrap/argobootstrap'
            ReleaseNotes = 'https://github.com/argobootstrap/argobootstrap/blob/main/CHANGELOG.md'
        }
    }
}
