Describe 'Resolve-OverlayPath' {
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

    It 'finds the overlay of <environment> <cluster>' -ForEach @(
        @{ Environment = 'dev'; Cluster = $null; Expected = 'dev/argocd' }
        @{ Environment = 'prod'; Cluster = $null; Expected = 'prod/argocd' }
        @{ Environment = 'prod'; Cluster = 'dc11a'; Expected = 'prod/dc11a/argocd' }
    ) {
        (Resolve-OverlayPath $environment $cluster).Path | Should -Be (Join-Path $fleet apps system overlays $expected)
    }

    It 'says what there is' {
        $problem = { Resolve-OverlayPath prd -ErrorAction Stop } | Should -Throw -ErrorId 'EnvironmentNotFound,*' -PassThru
        $problem.ErrorDetails.RecommendedAction | Should -Match "'prod'"
    }
}
