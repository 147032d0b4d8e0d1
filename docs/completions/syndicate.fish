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

complete -c syndicate -n "__fish_syndicate_needs_command" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_needs_command" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_needs_command" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_needs_command" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_needs_command" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_needs_command" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_needs_command" -s V -l version -d 'Print version'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "init" -d 'Set up a pipeline for the site in this folder'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "items" -d 'List the posts that the sources read, and where each fact came from'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "preview" -d 'Show what would be sent, exactly, and why the rest would not'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "build" -d 'Send what is new, once'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "watch" -d 'Send each post a while after it was saved, until you stop it'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "status" -d 'Show what became of each post'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "approve" -d 'Let payloads go out that you have looked at'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "settle" -d 'Record the outcome of an attempt that got no clear answer, or which post a renamed one is'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "adopt" -d 'Record that a post is out already, under an identifier or address of the platform'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "update" -d 'Change posts that are out to what they say now, as far as their platform allows'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "retract" -d 'Take a post back from where it is out'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "auth" -d 'Sign in at a platform, see who is signed in, sign out'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "check" -d 'Look for anything that would keep a run from working'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "schema" -d 'Print the JSON Schema of pipeline.yaml, for editors'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "sandbox" -d 'Run a LinkedIn on this machine, to rehearse with'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "completions" -d 'Print the completions of a shell'
complete -c syndicate -n "__fish_syndicate_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c syndicate -n "__fish_syndicate_using_subcommand init" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand init" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand init" -l fresh -d 'Begin a new ledger and keep the present one as `syndicate.ledger.jsonl.old1`; posts that were sent before count as unsent'
complete -c syndicate -n "__fish_syndicate_using_subcommand init" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand init" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_using_subcommand init" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand init" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand items" -l explain -d 'Explain one file: whether it is a post, every value that its fields could have, and why' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand items" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand items" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand items" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand items" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_using_subcommand items" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand items" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l only -d 'Only this post (file or address) or payload (hash); may be repeated' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l html -d 'Write a page into DIR, with all that it needs; relative to the folder of -C' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l port -d 'With --serve: the port to listen on; 0 takes any that is free' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l fail-on -d 'Also fail when deliveries wait or ask' -r -f -a "wait\t'Deliveries that wait'
ask\t'Deliveries that somebody has to decide on'"
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l all -d 'List the posts that would not be sent, too'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l sandbox -d 'Preview what the sandbox would get: no ledger is read'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l diff -d 'Show what has changed since a post was sent or approved'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l markdown -d 'Print a table in Markdown, for a comment on a pull request'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l serve -d 'Show it as a page on this machine, where one can edit, approve, schedule, skip and send'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l open -d 'With --serve: open the page in the browser'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand preview" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l only -d 'Only this post (file or address) or payload (hash); may be repeated' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l baseline -d 'Make the ledger and take every present post as known, or, with NAME, do so for that source or sink' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l backfill -d 'Make the ledger and take every present post as new, or, with NAME, do so for that source or sink' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l wait -d 'How long to wait for pages that are not live yet, such as 10m' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l lock-timeout -d 'How many seconds to wait for another run' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l fail-on -d 'Also fail when deliveries wait or ask' -r -f -a "wait\t'Deliveries that wait'
ask\t'Deliveries that somebody has to decide on'"
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l failed -d 'Only what failed before'
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l dry-run -d 'Say what would be done, and do nothing'
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l sandbox -d 'Post to a LinkedIn on this machine; no account, no secret, no ledger'
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l open -d 'With --sandbox: leave its feed open in the browser until Ctrl-C'
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l same-site -d 'Accept the ledger of the site\'s former domain'
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand build" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c syndicate -n "__fish_syndicate_using_subcommand watch" -l lock-timeout -d 'How many seconds to wait for another run' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand watch" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand watch" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand watch" -l sandbox -d 'Post to a LinkedIn on this machine; no account, no secret, no ledger'
complete -c syndicate -n "__fish_syndicate_using_subcommand watch" -l poll -d 'Look at the files every few seconds instead of trusting what the system tells of them'
complete -c syndicate -n "__fish_syndicate_using_subcommand watch" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand watch" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_using_subcommand watch" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand watch" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l since -d 'Only what happened on this day or later, as `2026-11-22`' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l sink -d 'Only this sink' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l lock-timeout -d 'With --compact, --restore and --forget: how many seconds to wait for another run' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l all -d 'Also the posts that were only taken as known'
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l compact -d 'First write the ledger anew, without the lines that tell nothing any more'
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l restore -d 'First append to the ledger what this machine has recorded and the ledger lacks'
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l forget -d 'First discard what this machine has recorded and the ledger lacks'
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand status" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand approve" -l lock-timeout -d 'How many seconds to wait for another run' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand approve" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand approve" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand approve" -l all -d 'Everything that would be sent'
complete -c syndicate -n "__fish_syndicate_using_subcommand approve" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand approve" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_using_subcommand approve" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand approve" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l sent -d 'It is there, under this identifier or address of the platform' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l same-as -d 'It is the post on record that had this file or address' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l sink -d 'Only the attempt to this sink' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l lock-timeout -d 'How many seconds to wait for another run' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l not-sent -d 'It is not there'
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l probe -d 'Repeat the very same request and take the answer as proof'
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l renamed -d 'Record each renamed post as the one post on record that it may be'
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand settle" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand adopt" -l sink -d 'The sink whose platform has it; needed where there are several' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand adopt" -l lock-timeout -d 'How many seconds to wait for another run' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand adopt" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand adopt" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand adopt" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand adopt" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_using_subcommand adopt" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand adopt" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -l lock-timeout -d 'How many seconds to wait for another run' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -l all -d 'Every post that is out'
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -l dry-run -d 'Say what would be changed, and change nothing'
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand update" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -l sink -d 'Only from this sink' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -l id -d 'Only the post with this identifier or address on the platform, where several are out' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -l lock-timeout -d 'How many seconds to wait for another run' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -l by-hand -d 'It was deleted on the platform itself; only put that on record'
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand retract" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -f -a "login" -d 'Sign in with the browser, and keep the token'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -f -a "status" -d 'Show who is signed in, for what and until when'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -f -a "logout" -d 'Give the token back, and forget it'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and not __fish_seen_subcommand_from login status logout help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l profile -d 'The name that the token is kept under; the sink\'s `profile` by default' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l client-id -d 'The client ID of your app; the sink\'s `client_id` by default, `LINKEDIN_CLIENT_ID`' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l port -d 'The port of http://localhost:PORT/callback, the redirect address; 0 takes any that is free' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l redirect-uri -d 'Another redirect address, as it is registered in the app' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l scopes -d 'Ask for these scopes and no others' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l timeout -d 'How long to wait for the answer' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l client-secret-stdin -d 'Read the client secret from the first line of standard input'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l no-browser -d 'Open no browser; print the address'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l replace -d 'Sign in as somebody else than before under this profile'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from login" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from status" -l profile -d 'Only this profile' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from status" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from status" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from status" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from status" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from logout" -l profile -d 'The name that the token is kept under; the sink\'s `profile` by default' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from logout" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from logout" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from logout" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from logout" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from logout" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from logout" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "login" -d 'Sign in with the browser, and keep the token'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "status" -d 'Show who is signed in, for what and until when'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "logout" -d 'Give the token back, and forget it'
complete -c syndicate -n "__fish_syndicate_using_subcommand auth; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c syndicate -n "__fish_syndicate_using_subcommand check" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand check" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand check" -l online -d 'Ask the site and the platforms too'
complete -c syndicate -n "__fish_syndicate_using_subcommand check" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand check" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_using_subcommand check" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand check" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand schema" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand schema" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand schema" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand schema" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_using_subcommand schema" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand schema" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l port -d 'The port to listen on; 0 takes any that is free' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l consent -d 'How a member answers when an app asks to sign in' -r -f -a "ask\t'A page asks'
auto\t'Yes, at once and without a browser'
deny\t'No, at once'"
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l fault -d 'Let something go wrong, such as `create:lost` or `upload:503x2`; an unknown one lists them all' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l daily-limit -d 'Refuse each member\'s requests after the first N of a day; LinkedIn grants 150' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l media-delay -d 'Take so long to process each upload' -r
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l with-v2-shares -d 'Bring the `/v2/shares` of 2019 back'
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l open -d 'Open the feed in the browser'
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand sandbox" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c syndicate -n "__fish_syndicate_using_subcommand completions" -s C -d 'Run as if started in DIR: paths of other options are relative to it' -r -f -a "(__fish_complete_directories)"
complete -c syndicate -n "__fish_syndicate_using_subcommand completions" -l config -d 'The pipeline\'s file, if not `pipeline.yaml` here or in a folder above' -r -F
complete -c syndicate -n "__fish_syndicate_using_subcommand completions" -l json -d 'Print JSON on standard output, for programs'
complete -c syndicate -n "__fish_syndicate_using_subcommand completions" -l offline -d 'Read nothing from the network: feeds are as they were last read'
complete -c syndicate -n "__fish_syndicate_using_subcommand completions" -s v -l verbose -d 'Log what is done on standard error; `-vv` also logs HTTP requests'
complete -c syndicate -n "__fish_syndicate_using_subcommand completions" -s h -l help -d 'Print help'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth check schema sandbox completions help" -f -a "init" -d 'Set up a pipeline for the site in this folder'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth check schema sandbox completions help" -f -a "items" -d 'List the posts that the sources read, and where each fact came from'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth check schema sandbox completions help" -f -a "preview" -d 'Show what would be sent, exactly, and why the rest would not'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth check schema sandbox completions help" -f -a "build" -d 'Send what is new, once'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth check schema sandbox completions help" -f -a "watch" -d 'Send each post a while after it was saved, until you stop it'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth check schema sandbox completions help" -f -a "status" -d 'Show what became of each post'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth check schema sandbox completions help" -f -a "approve" -d 'Let payloads go out that you have looked at'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth check schema sandbox completions help" -f -a "settle" -d 'Record the outcome of an attempt that got no clear answer, or which post a renamed one is'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth check schema sandbox completions help" -f -a "adopt" -d 'Record that a post is out already, under an identifier or address of the platform'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth check schema sandbox completions help" -f -a "update" -d 'Change posts that are out to what they say now, as far as their platform allows'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth check schema sandbox completions help" -f -a "retract" -d 'Take a post back from where it is out'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth check schema sandbox completions help" -f -a "auth" -d 'Sign in at a platform, see who is signed in, sign out'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth check schema sandbox completions help" -f -a "check" -d 'Look for anything that would keep a run from working'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth check schema sandbox completions help" -f -a "schema" -d 'Print the JSON Schema of pipeline.yaml, for editors'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth check schema sandbox completions help" -f -a "sandbox" -d 'Run a LinkedIn on this machine, to rehearse with'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth check schema sandbox completions help" -f -a "completions" -d 'Print the completions of a shell'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and not __fish_seen_subcommand_from init items preview build watch status approve settle adopt update retract auth check schema sandbox completions help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and __fish_seen_subcommand_from auth" -f -a "login" -d 'Sign in with the browser, and keep the token'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and __fish_seen_subcommand_from auth" -f -a "status" -d 'Show who is signed in, for what and until when'
complete -c syndicate -n "__fish_syndicate_using_subcommand help; and __fish_seen_subcommand_from auth" -f -a "logout" -d 'Give the token back, and forget it'
