Describe 'Get-GitOpsRepository' {
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

    It 'finds the repository from inside' {
        Push-Location apps/system/base
        (Get-GitOpsRepository).Root | Should -Be $fleet
        Pop-Location
        (Get-Item apps | Get-GitOpsRepository).Root | Should -Be $fleet
    }

    It 'shows environments and settings' {
        $repository = Get-GitOpsRepository
        $repository.Environments | Should -Be 'dev', 'prod'
        $repository.Settings.ArgoCD.Version | Should -Match '^v3\.'
    }

    It 'fails outside of one' {
        { Get-GitOpsRepository $TestDrive -ErrorAction Stop } | Should -Throw -ErrorId 'RepositoryNotFound,*'
    }

    It 'refuses a path that is not one of the file system' {
        { Get-GitOpsRepository env: -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound,*'
    }
}
