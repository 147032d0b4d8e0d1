# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_syndicate_global_optspecs
    string join \n C= config= json offline v/verbose h/help V/version
end

function __fish_syndicate_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_syndicate_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_syndicate_using_subcommand
    set -l cmd (__fish_syndicate_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c syndicate -n "__fish_syndicate_needs_command" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_needs_command" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_needs_command" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_needs_command" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_needs_command" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_needs_command" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_needs_command" -s V -l version -d 'Print version'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "init" -d 'Set up a pipeline for the site in this folder'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "items" -d 'List the posts that the sources read, with the origin of each field'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "preview" -d 'Show exactly what would be sent, and why the rest would not'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "build" -d 'Send new posts, each once'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "watch" -d 'Send each post some time after it was saved, until stopped'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "status" -d 'Show the state of each post'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "approve" -d 'Approve payloads for sending'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "settle" -d 'Record an unknown outcome, or the former name of a renamed post'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "adopt" -d 'Record a post that is already on the platform'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "update" -d 'Update sent posts to their current text, if the platform allows it'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "retract" -d 'Delete a sent post from its platform'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "auth" -d 'Sign in to a platform, show accounts, sign out'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "ledger" -d 'Move the ledger to another store, export it, import lines'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "export" -d 'Write the links that pages contain about their posts'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "card" -d 'Draw the cards of posts without a picture'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "check" -d 'Check for problems that would make a run fail'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "plugin" -d 'List plugins that are other programs'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "schema" -d 'Print the JSON Schema of pipeline.yaml, for editors'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "sandbox" -d 'Run a local LinkedIn sandbox'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c syndicate -n "__fish_syndicate_using_subcommand init" -l ci -d 'Also write the CI configuration for this host' -r -f -a "github\t'GitHub Actions'
gitlab\t'GitLab CI'"
complete -c syndicate -n "__fish_syndicate_using_subcommand init" -l deploy -d 'With --ci: where the site is deployed [default: pages, unless another workflow deploys it]' -r -f -a "pages\t'The pages of the CI host'
none\t'None; another workflow or service deploys the site'"
complete -c syndicate -n "__fish_syndicate_using_subcommand init" -l build -d 'With --ci: the command that builds the site' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand init" -l action -d 'With --ci: the commit of syndicate\'s repository to install from [default: that of this release]' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand init" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand init" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand init" -l fresh -d 'Start a new ledger; keep the old one as `*.jsonl.old1`, or in the ref\'s history'
complete -c syndicate -n "__fish_syndicate_using_subcommand init" -l print -d 'With --ci: print the configuration and write nothing'
complete -c syndicate -n "__fish_syndicate_using_subcommand init" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand init" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand init" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c syndicate -n "__fish_syndicate_using_subcommand items" -l explain -d 'Explain one file: is it a post, and which values can its fields have' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand items" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand items" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand items" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand items" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand items" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand items" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l only -d 'Show only this post (file or URL) or payload (hash); repeatable' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l html -d 'Write the preview as an HTML page with its files into DIR' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l format -d 'Show the result on a CI service too' -r -f -a "text\t'Text only'
github\t'Text, annotations, summary and outputs of GitHub Actions'
gitlab\t'Text, Code Quality report and dotenv report of GitLab CI'"
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l port -d 'With --serve: port to listen on; 0 picks a free one' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l fail-on -d 'Fail also if deliveries wait or need a decision' -r -f -a "wait\t'Deliveries that wait'
ask\t'Deliveries that need a decision'"
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l all -d 'List also the posts that would not be sent'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l sandbox -d 'Preview a sandbox build, without the ledger'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l diff -d 'Show the changes since each post was sent or approved'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l markdown -d 'Print a Markdown table, for a comment on a pull request'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l comment -d 'With --markdown: write it as the comment on this run\'s pull request'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l serve -d 'Serve a local page to edit, approve, schedule, skip and send posts'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l open -d 'With --serve: open the page in the browser'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l only -d 'Send only this post (file or URL) or payload (hash); repeatable' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l baseline -d 'Create the ledger with present posts known, or add NAME to it' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l backfill -d 'Create the ledger with present posts new, or add NAME to it' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l wait -d 'Wait at most this long for pages that are not live yet, such as 10m' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l lock-timeout -d 'Wait at most this long for another run, such as 90s or 5m' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l format -d 'Show the result on a CI service too' -r -f -a "text\t'Text only'
github\t'Text, annotations, summary and outputs of GitHub Actions'
gitlab\t'Text, Code Quality report and dotenv report of GitLab CI'"
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l fail-on -d 'Fail also if deliveries wait or need a decision' -r -f -a "wait\t'Deliveries that wait'
ask\t'Deliveries that need a decision'"
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l failed -d 'Send only deliveries that failed before'
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l dry-run -d 'Show what would be sent, without sending it'
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l sandbox -d 'Send to a local LinkedIn sandbox, without account, secret or ledger'
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l open -d 'With --sandbox: open the feed in the browser and wait for Ctrl-C'
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l same-site -d 'Accept a ledger of the site\'s former domain'
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c syndicate -n "__fish_syndicate_using_subcommand watch" -l lock-timeout -d 'Wait at most this long for another run, such as 90s or 5m' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand watch" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand watch" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand watch" -l sandbox -d 'Send to a local LinkedIn sandbox, without account, secret or ledger'
complete -c syndicate -n "__fish_syndicate_using_subcommand watch" -l poll -d 'Check the files every 2 seconds instead of using system notifications'
complete -c syndicate -n "__fish_syndicate_using_subcommand watch" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand watch" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand watch" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand watch" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l since -d 'Show only events on or after this day, such as `2026-11-22`' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l sink -d 'Show this sink only' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l format -d 'Show the result on a CI service too' -r -f -a "text\t'Text only'
github\t'Text, annotations, summary and outputs of GitHub Actions'
gitlab\t'Text, Code Quality report and dotenv report of GitLab CI'"
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l lock-timeout -d 'Wait at most this long for another run, such as 90s or 5m' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l all -d 'Show also posts that were recorded as known and never sent'
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l compact -d 'Compact the ledger first: remove lines that are no longer needed'
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l restore -d 'Append first the events of this machine that the ledger lacks'
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l forget -d 'Discard first the events of this machine that the ledger lacks'
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l reconcile -d 'Compare the ledger with the posts on the platforms'
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l yes -d 'With --reconcile: record the found posts'
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c syndicate -n "__fish_syndicate_using_subcommand approve" -l lock-timeout -d 'Wait at most this long for another run, such as 90s or 5m' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand approve" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand approve" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand approve" -l all -d 'Approve everything that would be sent'
complete -c syndicate -n "__fish_syndicate_using_subcommand approve" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand approve" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand approve" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand approve" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l sent -d 'The post is on the platform, with this identifier or URL. Leave it out if the platform returns none, as Slack\'s incoming webhooks and generic webhooks do' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l same-as -d 'The post is the recorded post that had this file or URL' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l sink -d 'Settle the attempt to this sink only' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l lock-timeout -d 'Wait at most this long for another run, such as 90s or 5m' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l not-sent -d 'The post is not on the platform'
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l skip-steps -d 'Do not send the steps again that failed after the post was created'
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l probe -d 'Repeat the same request and use the response as evidence'
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l renamed -d 'Match each renamed post with its only candidate'
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand adopt" -l sink -d 'The sink that published it; required if there is more than one' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand adopt" -l lock-timeout -d 'Wait at most this long for another run, such as 90s or 5m' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand adopt" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand adopt" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand adopt" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand adopt" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand adopt" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand adopt" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -l format -d 'Show the result on a CI service too' -r -f -a "text\t'Text only'
github\t'Text, annotations, summary and outputs of GitHub Actions'
gitlab\t'Text, Code Quality report and dotenv report of GitLab CI'"
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -l lock-timeout -d 'Wait at most this long for another run, such as 90s or 5m' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -l all -d 'Update every sent post'
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -l force -d 'Overwrite changes that were made on the platform'
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -l dry-run -d 'Show what would be updated, without sending it'
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -l sink -d 'Retract from this sink only' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -l id -d 'Retract only the post with this identifier or URL on the platform' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -l format -d 'Show the result on a CI service too' -r -f -a "text\t'Text only'
github\t'Text, annotations, summary and outputs of GitHub Actions'
gitlab\t'Text, Code Quality report and dotenv report of GitLab CI'"
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -l lock-timeout -d 'Wait at most this long for another run, such as 90s or 5m' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -l by-hand -d 'Record that you deleted the post on the platform yourself'
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -f -a "login" -d 'Sign in and store the token'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -f -a "status" -d 'Show accounts, scopes and expiry dates'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -f -a "logout" -d 'Revoke the token and delete it'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l profile -d 'Name of the stored token [default: the sink\'s `profile`]' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l client-id -d 'Client ID of your app [default: the sink\'s `client_id`]' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l user -d 'Your name on the platform, if it asks for a password' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l port -d 'Port of http://localhost:PORT/callback; 0 picks a free one' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l redirect-uri -d 'Use another redirect URL, exactly as registered in the app' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l scopes -d 'Request these scopes only' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l timeout -d 'Wait at most this long for the sign-in' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l client-secret-stdin -d 'Read the client secret from the first line of standard input'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l secret-stdin -d 'Read the password, key or token from the first line of standard input'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l no-browser -d 'Print the address instead of opening a browser'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l replace -d 'Replace the profile\'s token, also by one of another account'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from status" -l profile -d 'Show this profile only' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from status" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from status" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from status" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from status" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from logout" -l profile -d 'Name of the stored token [default: the sink\'s `profile`]' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from logout" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from logout" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from logout" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from logout" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from logout" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from logout" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "login" -d 'Sign in and store the token'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "status" -d 'Show accounts, scopes and expiry dates'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "logout" -d 'Revoke the token and delete it'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and not __fish_seen_subcommand_from move export import help" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and not __fish_seen_subcommand_from move export import help" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and not __fish_seen_subcommand_from move export import help" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and not __fish_seen_subcommand_from move export import help" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and not __fish_seen_subcommand_from move export import help" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and not __fish_seen_subcommand_from move export import help" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and not __fish_seen_subcommand_from move export import help" -f -a "move" -d 'Move the ledger to another store, and name that store in pipeline.yaml'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and not __fish_seen_subcommand_from move export import help" -f -a "export" -d 'Print the ledger\'s events, one JSON object per line'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and not __fish_seen_subcommand_from move export import help" -f -a "import" -d 'Append events that a run printed or `export` wrote'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and not __fish_seen_subcommand_from move export import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from move" -l from -d 'The store to move from, if pipeline.yaml names the new one already' -r -f -a "git\t'A ref of the repository\'s remote'
postgres\t'A PostgreSQL database'
file\t'The file beside pipeline.yaml'"
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from move" -l ref -d 'The full name of the ref, such as `refs/syndicate/ledger`' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from move" -l branch -d 'The branch that keeps only the ledger' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from move" -l commit -d 'The branch in which the ledger is a file beside pipeline.yaml' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from move" -l remote -d 'The name of the remote' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from move" -l url -d 'The URL of the database, as in pipeline.yaml' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from move" -l name -d 'The name of the ledger in the database' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from move" -l lock-timeout -d 'Wait at most this long for another run, such as 90s or 5m' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from move" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from move" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from move" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from move" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from move" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from move" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from export" -l output -d 'Write the lines into FILE instead of standard output' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from export" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from export" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from export" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from export" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from import" -l lock-timeout -d 'Wait at most this long for another run, such as 90s or 5m' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from import" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from import" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from import" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from import" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from help" -f -a "move" -d 'Move the ledger to another store, and name that store in pipeline.yaml'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from help" -f -a "export" -d 'Print the ledger\'s events, one JSON object per line'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from help" -f -a "import" -d 'Append events that a run printed or `export` wrote'
complete -c syndicate -n "__fish_syndicate_using_subcommand ledger; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c syndicate -n "__fish_syndicate_using_subcommand export; and not __fish_seen_subcommand_from links help" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand export; and not __fish_seen_subcommand_from links help" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand export; and not __fish_seen_subcommand_from links help" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand export; and not __fish_seen_subcommand_from links help" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand export; and not __fish_seen_subcommand_from links help" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand export; and not __fish_seen_subcommand_from links help" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand export; and not __fish_seen_subcommand_from links help" -f -a "links" -d 'Write the addresses of sent posts, and the links that pages contain about their posts'
complete -c syndicate -n "__fish_syndicate_using_subcommand export; and not __fish_seen_subcommand_from links help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c syndicate -n "__fish_syndicate_using_subcommand export; and __fish_seen_subcommand_from links" -l format -d 'Format of the data; by default that of the ending of FILE, else JSON' -r -f -a "json\t'JSON'
yaml\t'YAML'
toml\t'TOML'
csv\t'A table with one line for each copy'"
complete -c syndicate -n "__fish_syndicate_using_subcommand export; and __fish_seen_subcommand_from links" -l output -d 'Write the data into FILE instead of standard output' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand export; and __fish_seen_subcommand_from links" -l inject -d 'Add the links to the built pages in FOLDER, and write the files of the site there' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand export; and __fish_seen_subcommand_from links" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand export; and __fish_seen_subcommand_from links" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand export; and __fish_seen_subcommand_from links" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand export; and __fish_seen_subcommand_from links" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand export; and __fish_seen_subcommand_from links" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand export; and __fish_seen_subcommand_from links" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c syndicate -n "__fish_syndicate_using_subcommand export; and __fish_seen_subcommand_from help" -f -a "links" -d 'Write the addresses of sent posts, and the links that pages contain about their posts'
complete -c syndicate -n "__fish_syndicate_using_subcommand export; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and not __fish_seen_subcommand_from preview write help" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and not __fish_seen_subcommand_from preview write help" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and not __fish_seen_subcommand_from preview write help" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and not __fish_seen_subcommand_from preview write help" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and not __fish_seen_subcommand_from preview write help" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and not __fish_seen_subcommand_from preview write help" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and not __fish_seen_subcommand_from preview write help" -f -a "preview" -d 'Draw the card of a post into a file'
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and not __fish_seen_subcommand_from preview write help" -f -a "write" -d 'Add the cards to the pages of the built site'
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and not __fish_seen_subcommand_from preview write help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and __fish_seen_subcommand_from preview" -l output -d 'Write the picture into FILE instead of the folder of temporary files' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and __fish_seen_subcommand_from preview" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and __fish_seen_subcommand_from preview" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and __fish_seen_subcommand_from preview" -l open -d 'Show the picture'
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and __fish_seen_subcommand_from preview" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and __fish_seen_subcommand_from preview" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and __fish_seen_subcommand_from preview" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and __fish_seen_subcommand_from preview" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and __fish_seen_subcommand_from write" -l output -d 'The folder of the built site' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and __fish_seen_subcommand_from write" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and __fish_seen_subcommand_from write" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and __fish_seen_subcommand_from write" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and __fish_seen_subcommand_from write" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and __fish_seen_subcommand_from write" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and __fish_seen_subcommand_from write" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and __fish_seen_subcommand_from help" -f -a "preview" -d 'Draw the card of a post into a file'
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and __fish_seen_subcommand_from help" -f -a "write" -d 'Add the cards to the pages of the built site'
complete -c syndicate -n "__fish_syndicate_using_subcommand card; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c syndicate -n "__fish_syndicate_using_subcommand check" -l format -d 'Show the result on a CI service too' -r -f -a "text\t'Text only'
github\t'Text, annotations, summary and outputs of GitHub Actions'
gitlab\t'Text, Code Quality report and dotenv report of GitLab CI'"
complete -c syndicate -n "__fish_syndicate_using_subcommand check" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand check" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand check" -l online -d 'Query the site and the platforms too'
complete -c syndicate -n "__fish_syndicate_using_subcommand check" -l pages -d 'Check what the platforms read from the built pages, instead'
complete -c syndicate -n "__fish_syndicate_using_subcommand check" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand check" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand check" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and not __fish_seen_subcommand_from list new test help" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and not __fish_seen_subcommand_from list new test help" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and not __fish_seen_subcommand_from list new test help" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and not __fish_seen_subcommand_from list new test help" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and not __fish_seen_subcommand_from list new test help" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and not __fish_seen_subcommand_from list new test help" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and not __fish_seen_subcommand_from list new test help" -f -a "list" -d 'List the plugins of the pipeline with their permissions, and those that it does not use'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and not __fish_seen_subcommand_from list new test help" -f -a "new" -d 'Write a new plugin with its test'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and not __fish_seen_subcommand_from list new test help" -f -a "test" -d 'Check that a plugin follows the protocol, and print a report'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and not __fish_seen_subcommand_from list new test help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from list" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from list" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from list" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from list" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from new" -l lang -d 'The language of the plugin' -r -f -a "python\t''
node\t''
shell\t''"
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from new" -l kind -d 'The kind of the plugin: `source` reads posts, `transform` changes or skips them, `sink` publishes them' -r -f -a "source\t''
transform\t''
sink\t''"
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from new" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from new" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from new" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from new" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from new" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from test" -l options -d 'The options of the plugin, as a JSON object' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from test" -l timeout -d 'Maximum time without an answer, such as 90s or 5m' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from test" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from test" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from test" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from test" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from test" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the plugins of the pipeline with their permissions, and those that it does not use'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from help" -f -a "new" -d 'Write a new plugin with its test'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from help" -f -a "test" -d 'Check that a plugin follows the protocol, and print a report'
complete -c syndicate -n "__fish_syndicate_using_subcommand plugin; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c syndicate -n "__fish_syndicate_using_subcommand schema" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand schema" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand schema" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand schema" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand schema" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand schema" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l port -d 'Port to listen on; 0 picks a free one' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l consent -d 'Response of a member to the consent page' -r -f -a "ask\t'Show a consent page'
auto\t'Grant at once, without a browser'
deny\t'Refuse at once'"
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l fault -d 'Inject a fault such as `create:lost`; an unknown one lists all' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l daily-limit -d 'Allow N requests per member and day; LinkedIn allows 150' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l media-delay -d 'Processing time of each upload, such as 90s or 5m' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l with-v2-shares -d 'Accept the former API `/v2/shares` too'
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l open -d 'Open the feed in the browser'
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c syndicate -n "__fish_syndicate_using_subcommand completions" -s C -d 'Change to DIR first; the paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand completions" -l config -d 'Path of the pipeline [default: the nearest pipeline.yaml]' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand completions" -l json -d 'Print JSON on standard output'
complete -c syndicate -n "__fish_syndicate_using_subcommand completions" -l offline -d 'Read nothing from the network; take feeds from the cache'
complete -c syndicate -n "__fish_syndicate_using_subcommand completions" -s v -l verbose -d 'Log to standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand completions" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "init" -d 'Set up a pipeline for the site in this folder'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "items" -d 'List the posts that the sources read, with the origin of each field'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "preview" -d 'Show exactly what would be sent, and why the rest would not'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "build" -d 'Send new posts, each once'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "watch" -d 'Send each post some time after it was saved, until stopped'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "status" -d 'Show the state of each post'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "approve" -d 'Approve payloads for sending'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "settle" -d 'Record an unknown outcome, or the former name of a renamed post'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "adopt" -d 'Record a post that is already on the platform'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "update" -d 'Update sent posts to their current text, if the platform allows it'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "retract" -d 'Delete a sent post from its platform'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "auth" -d 'Sign in to a platform, show accounts, sign out'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "ledger" -d 'Move the ledger to another store, export it, import lines'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "export" -d 'Write the links that pages contain about their posts'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "card" -d 'Draw the cards of posts without a picture'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "check" -d 'Check for problems that would make a run fail'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "plugin" -d 'List plugins that are other programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "schema" -d 'Print the JSON Schema of pipeline.yaml, for editors'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "sandbox" -d 'Run a local LinkedIn sandbox'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth ledger export card check plugin schema sandbox completions help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and __fish_seen_subcommand_from auth" -f -a "login" -d 'Sign in and store the token'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and __fish_seen_subcommand_from auth" -f -a "status" -d 'Show accounts, scopes and expiry dates'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and __fish_seen_subcommand_from auth" -f -a "logout" -d 'Revoke the token and delete it'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and __fish_seen_subcommand_from ledger" -f -a "move" -d 'Move the ledger to another store, and name that store in pipeline.yaml'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and __fish_seen_subcommand_from ledger" -f -a "export" -d 'Print the ledger\'s events, one JSON object per line'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and __fish_seen_subcommand_from ledger" -f -a "import" -d 'Append events that a run printed or `export` wrote'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and __fish_seen_subcommand_from export" -f -a "links" -d 'Write the addresses of sent posts, and the links that pages contain about their posts'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and __fish_seen_subcommand_from card" -f -a "preview" -d 'Draw the card of a post into a file'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and __fish_seen_subcommand_from card" -f -a "write" -d 'Add the cards to the pages of the built site'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and __fish_seen_subcommand_from plugin" -f -a "list" -d 'List the plugins of the pipeline with their permissions, and those that it does not use'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and __fish_seen_subcommand_from plugin" -f -a "new" -d 'Write a new plugin with its test'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and __fish_seen_subcommand_from plugin" -f -a "test" -d 'Check that a plugin follows the protocol, and print a report'
