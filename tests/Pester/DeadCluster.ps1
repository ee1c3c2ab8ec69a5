# Dot-sourced by suites of cmdlets that need a cluster: writes a kubeconfig whose server does not answer.
function New-DeadKubeConfig {
    $path = Join-Path $TestDrive "kubeconfig-$([guid]::NewGuid().ToString('N'))"
    # Nothing listens on port 1.
    Set-Content -Path $path -Value @(
        'current-context: dead'
        'clusters: [{name: dead, cluster: {server: "http://127.0.0.1:1"}}]'
        'contexts: [{name: dead, context: {cluster: dead}}, {name: other, context: {cluster: dead}}]'
    )
    $path
}
