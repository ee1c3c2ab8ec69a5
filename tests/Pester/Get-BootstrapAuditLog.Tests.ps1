Describe 'Get-BootstrapAuditLog' {
    BeforeAll {
        . $PSScriptRoot/Fleet.ps1
        $before = $env:ARGOBOOTSTRAP_AUDIT_LOG
        $env:ARGOBOOTSTRAP_AUDIT_LOG = Join-Path $TestDrive audit.jsonl
    }

    AfterAll {
        $env:ARGOBOOTSTRAP_AUDIT_LOG = $before
    }

    It 'writes nothing where there is no log yet' {
        Get-BootstrapAuditLog -Verify | Should -BeNullOrEmpty
    }

    It 'fails for a file that is not there' {
        { Get-BootstrapAuditLog (Join-Path $TestDrive none.jsonl) -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound,*'
    }

    It 'tells a line that was not written by the module' {
        Set-Content -Path $env:ARGOBOOTSTRAP_AUDIT_LOG -Value '{"v":1,"seq":1,"cmdlet":"Install-ArgoCD","hash":"00"}'
        { Get-BootstrapAuditLog -Verify -ErrorAction Stop } | Should -Throw -ErrorId 'AuditLogTampered,*'
    }
}
