
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'syndicate' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'syndicate'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'syndicate' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Set up a pipeline for the site in this folder')
            [CompletionResult]::new('items', 'items', [CompletionResultType]::ParameterValue, 'List the posts that the sources read, and where each fact came from')
            [CompletionResult]::new('preview', 'preview', [CompletionResultType]::ParameterValue, 'Show what would be sent, exactly, and why the rest would not')
            [CompletionResult]::new('build', 'build', [CompletionResultType]::ParameterValue, 'Send what is new, once')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Send each post a while after it was saved, until you stop it')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show what became of each post')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Let payloads go out that you have looked at')
            [CompletionResult]::new('settle', 'settle', [CompletionResultType]::ParameterValue, 'Record the outcome of an attempt that got no clear answer, or which post a renamed one is')
            [CompletionResult]::new('adopt', 'adopt', [CompletionResultType]::ParameterValue, 'Record that a post is out already, under an identifier or address of the platform')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Change posts that are out to what they say now, as far as their platform allows')
            [CompletionResult]::new('retract', 'retract', [CompletionResultType]::ParameterValue, 'Take a post back from where it is out')
            [CompletionResult]::new('auth', 'auth', [CompletionResultType]::ParameterValue, 'Sign in at a platform, see who is signed in, sign out')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Look for anything that would keep a run from working')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of pipeline.yaml, for editors')
            [CompletionResult]::new('sandbox', 'sandbox', [CompletionResultType]::ParameterValue, 'Run a LinkedIn on this machine, to rehearse with')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions of a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'syndicate;init' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--fresh', '--fresh', [CompletionResultType]::ParameterName, 'Begin a new ledger and keep the present one as `syndicate.ledger.jsonl.old1`; posts that were sent before count as unsent')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;items' {
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Explain one file: whether it is a post, every value that its fields could have, and why')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;preview' {
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only this post (file or address) or payload (hash); may be repeated')
            [CompletionResult]::new('--html', '--html', [CompletionResultType]::ParameterName, 'Write a page into DIR, with all that it needs; relative to the folder of -C')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'With --serve: the port to listen on; 0 takes any that is free')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Also fail when deliveries wait or ask')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'List the posts that would not be sent, too')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'Preview what the sandbox would get: no ledger is read')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Show what has changed since a post was sent or approved')
            [CompletionResult]::new('--markdown', '--markdown', [CompletionResultType]::ParameterName, 'Print a table in Markdown, for a comment on a pull request')
            [CompletionResult]::new('--serve', '--serve', [CompletionResultType]::ParameterName, 'Show it as a page on this machine, where one can edit, approve, schedule, skip and send')
            [CompletionResult]::new('--open', '--open', [CompletionResultType]::ParameterName, 'With --serve: open the page in the browser')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'syndicate;build' {
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only this post (file or address) or payload (hash); may be repeated')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'Make the ledger and take every present post as known, or, with NAME, do so for that source or sink')
            [CompletionResult]::new('--backfill', '--backfill', [CompletionResultType]::ParameterName, 'Make the ledger and take every present post as new, or, with NAME, do so for that source or sink')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for pages that are not live yet, such as 10m')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another run')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Also fail when deliveries wait or ask')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--failed', '--failed', [CompletionResultType]::ParameterName, 'Only what failed before')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be done, and do nothing')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'Post to a LinkedIn on this machine; no account, no secret, no ledger')
            [CompletionResult]::new('--open', '--open', [CompletionResultType]::ParameterName, 'With --sandbox: leave its feed open in the browser until Ctrl-C')
            [CompletionResult]::new('--same-site', '--same-site', [CompletionResultType]::ParameterName, 'Accept the ledger of the site''s former domain')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'syndicate;watch' {
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another run')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'Post to a LinkedIn on this machine; no account, no secret, no ledger')
            [CompletionResult]::new('--poll', '--poll', [CompletionResultType]::ParameterName, 'Look at the files every few seconds instead of trusting what the system tells of them')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;status' {
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only what happened on this day or later, as `2026-11-22`')
            [CompletionResult]::new('--sink', '--sink', [CompletionResultType]::ParameterName, 'Only this sink')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'With --compact, --restore and --forget: how many seconds to wait for another run')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Also the posts that were only taken as known')
            [CompletionResult]::new('--compact', '--compact', [CompletionResultType]::ParameterName, 'First write the ledger anew, without the lines that tell nothing any more')
            [CompletionResult]::new('--restore', '--restore', [CompletionResultType]::ParameterName, 'First append to the ledger what this machine has recorded and the ledger lacks')
            [CompletionResult]::new('--forget', '--forget', [CompletionResultType]::ParameterName, 'First discard what this machine has recorded and the ledger lacks')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;approve' {
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another run')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Everything that would be sent')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;settle' {
            [CompletionResult]::new('--sent', '--sent', [CompletionResultType]::ParameterName, 'It is there, under this identifier or address of the platform')
            [CompletionResult]::new('--same-as', '--same-as', [CompletionResultType]::ParameterName, 'It is the post on record that had this file or address')
            [CompletionResult]::new('--sink', '--sink', [CompletionResultType]::ParameterName, 'Only the attempt to this sink')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another run')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--not-sent', '--not-sent', [CompletionResultType]::ParameterName, 'It is not there')
            [CompletionResult]::new('--probe', '--probe', [CompletionResultType]::ParameterName, 'Repeat the very same request and take the answer as proof')
            [CompletionResult]::new('--renamed', '--renamed', [CompletionResultType]::ParameterName, 'Record each renamed post as the one post on record that it may be')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;adopt' {
            [CompletionResult]::new('--sink', '--sink', [CompletionResultType]::ParameterName, 'The sink whose platform has it; needed where there are several')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another run')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;update' {
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another run')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Every post that is out')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be changed, and change nothing')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;retract' {
            [CompletionResult]::new('--sink', '--sink', [CompletionResultType]::ParameterName, 'Only from this sink')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'Only the post with this identifier or address on the platform, where several are out')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'How many seconds to wait for another run')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--by-hand', '--by-hand', [CompletionResultType]::ParameterName, 'It was deleted on the platform itself; only put that on record')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;auth' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Sign in with the browser, and keep the token')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show who is signed in, for what and until when')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Give the token back, and forget it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'syndicate;auth;login' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The name that the token is kept under; the sink''s `profile` by default')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'The client ID of your app; the sink''s `client_id` by default, `LINKEDIN_CLIENT_ID`')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'The port of http://localhost:PORT/callback, the redirect address; 0 takes any that is free')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Another redirect address, as it is registered in the app')
            [CompletionResult]::new('--scopes', '--scopes', [CompletionResultType]::ParameterName, 'Ask for these scopes and no others')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long to wait for the answer')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--client-secret-stdin', '--client-secret-stdin', [CompletionResultType]::ParameterName, 'Read the client secret from the first line of standard input')
            [CompletionResult]::new('--no-browser', '--no-browser', [CompletionResultType]::ParameterName, 'Open no browser; print the address')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Sign in as somebody else than before under this profile')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;auth;status' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Only this profile')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;auth;logout' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'The name that the token is kept under; the sink''s `profile` by default')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;auth;help' {
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Sign in with the browser, and keep the token')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show who is signed in, for what and until when')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Give the token back, and forget it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'syndicate;auth;help;login' {
            break
        }
        'syndicate;auth;help;status' {
            break
        }
        'syndicate;auth;help;logout' {
            break
        }
        'syndicate;auth;help;help' {
            break
        }
        'syndicate;check' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--online', '--online', [CompletionResultType]::ParameterName, 'Ask the site and the platforms too')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;schema' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;sandbox' {
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'The port to listen on; 0 takes any that is free')
            [CompletionResult]::new('--consent', '--consent', [CompletionResultType]::ParameterName, 'How a member answers when an app asks to sign in')
            [CompletionResult]::new('--fault', '--fault', [CompletionResultType]::ParameterName, 'Let something go wrong, such as `create:lost` or `upload:503x2`; an unknown one lists them all')
            [CompletionResult]::new('--daily-limit', '--daily-limit', [CompletionResultType]::ParameterName, 'Refuse each member''s requests after the first N of a day; LinkedIn grants 150')
            [CompletionResult]::new('--media-delay', '--media-delay', [CompletionResultType]::ParameterName, 'Take so long to process each upload')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--with-v2-shares', '--with-v2-shares', [CompletionResultType]::ParameterName, 'Bring the `/v2/shares` of 2019 back')
            [CompletionResult]::new('--open', '--open', [CompletionResultType]::ParameterName, 'Open the feed in the browser')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'syndicate;completions' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR: paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output, for programs')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network: feeds are as they were last read')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log what is done on standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;help' {
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Set up a pipeline for the site in this folder')
            [CompletionResult]::new('items', 'items', [CompletionResultType]::ParameterValue, 'List the posts that the sources read, and where each fact came from')
            [CompletionResult]::new('preview', 'preview', [CompletionResultType]::ParameterValue, 'Show what would be sent, exactly, and why the rest would not')
            [CompletionResult]::new('build', 'build', [CompletionResultType]::ParameterValue, 'Send what is new, once')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Send each post a while after it was saved, until you stop it')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show what became of each post')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Let payloads go out that you have looked at')
            [CompletionResult]::new('settle', 'settle', [CompletionResultType]::ParameterValue, 'Record the outcome of an attempt that got no clear answer, or which post a renamed one is')
            [CompletionResult]::new('adopt', 'adopt', [CompletionResultType]::ParameterValue, 'Record that a post is out already, under an identifier or address of the platform')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Change posts that are out to what they say now, as far as their platform allows')
            [CompletionResult]::new('retract', 'retract', [CompletionResultType]::ParameterValue, 'Take a post back from where it is out')
            [CompletionResult]::new('auth', 'auth', [CompletionResultType]::ParameterValue, 'Sign in at a platform, see who is signed in, sign out')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Look for anything that would keep a run from working')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of pipeline.yaml, for editors')
            [CompletionResult]::new('sandbox', 'sandbox', [CompletionResultType]::ParameterValue, 'Run a LinkedIn on this machine, to rehearse with')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions of a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'syndicate;help;init' {
            break
        }
        'syndicate;help;items' {
            break
        }
        'syndicate;help;preview' {
            break
        }
        'syndicate;help;build' {
            break
        }
        'syndicate;help;watch' {
            break
        }
        'syndicate;help;status' {
            break
        }
        'syndicate;help;approve' {
            break
        }
        'syndicate;help;settle' {
            break
        }
        'syndicate;help;adopt' {
            break
        }
        'syndicate;help;update' {
            break
        }
        'syndicate;help;retract' {
            break
        }
        'syndicate;help;auth' {
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Sign in with the browser, and keep the token')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show who is signed in, for what and until when')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Give the token back, and forget it')
            break
        }
        'syndicate;help;auth;login' {
            break
        }
        'syndicate;help;auth;status' {
            break
        }
        'syndicate;help;auth;logout' {
            break
        }
        'syndicate;help;check' {
            break
        }
        'syndicate;help;schema' {
            break
        }
        'syndicate;help;sandbox' {
            break
        }
        'syndicate;help;completions' {
            break
        }
        'syndicate;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
