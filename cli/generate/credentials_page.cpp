#include "cli/generate/credentials_page.hpp"

#include "cli/generate/mdoc.hpp"

#include <string_view>

namespace goflow::cli {
namespace {

using mdoc::heading;
using mdoc::literal;
using mdoc::paragraphs;

constexpr std::string_view first_steps = R"(goflow cred set github
goflow cred set prod/db --structured --public user < db.json
goflow cred test github
goflow cred list
)";

constexpr std::string_view in_a_workflow = R"(nodes:
  - id: fetch
    url: https://api.example.com/orders
    auth: {credential: github}
  - id: load
    run: psql -f load.sql
    env: {PGPASSWORD: '${secret("prod/db").password}'}
)";

constexpr std::string_view with_a_key = R"((umask 077; openssl rand -hex 32 > ~/.goflow.key)
goflow config set credentials.backend file
goflow config set credentials.key_file ~/.goflow.key
goflow cred set github < token.txt
)";

constexpr std::string_view with_a_passphrase = R"(export GOFLOW_KEYRING=file
export GOFLOW_KEYRING_PASSPHRASE_FILE=/run/secrets/goflow-passphrase
goflow run nightly
)";

constexpr std::string_view over_ssh = R"(dbus-run-session -- bash
gnome-keyring-daemon --unlock --components=secrets
goflow cred list
)";

}  // namespace

std::string credentials_page() {
  return mdoc::page_head("goflow-credentials", 7, "how goflow keeps secrets and hands them out") +
         heading("DESCRIPTION") +
         paragraphs(
             "A workflow names a credential, a keyring holds its value. The value is in no "
             "workflow file, no history, no log and no argument list.") +
         literal(first_steps) + heading("KEYS AND NAMESPACES") +
         paragraphs(
             "A key has up to 128 letters, digits and . _ : / @ -, and begins with a letter or "
             "a digit. Upper and lower case differ. A value has 1 byte to 1 MiB, of any kind. "
             "With --structured it is a JSON object, whose fields a workflow reads one by one; "
             "those named by --public are shown and logged like any other text.") +
         paragraphs(
             "A namespace keeps keys apart: --namespace tenant-a sees no key of another one. "
             "Key names, descriptions and labels are not secret.") +
         heading("WHERE VALUES LIVE") +
         paragraphs(
             "On a desktop in its keyring, found over the session bus: GNOME Keyring, KWallet "
             "or KeePassXC. An entry has the attributes service, which is goflow or "
             "goflow/NAMESPACE, and username, which is the key; other programs find it there. "
             "On request in an encrypted file, credentials.enc below the home of goflow. "
             "goflow never takes the file because a keyring is missing, nor the other way "
             "round: that would hide where secrets are.") +
         heading("MACHINES WITHOUT A DESKTOP") +
         paragraphs("With a key that only its owner can read, and nobody to be asked:") +
         literal(with_a_key) +
         paragraphs(
             "Who has both files has the secrets: keep the key off the backups that hold the "
             "other one. In CI a passphrase comes as a file of the job; all such files must "
             "have mode 0600:") +
         literal(with_a_passphrase) +
         paragraphs("Over ssh to a machine with GNOME Keyring, a session of one's own will do:") +
         literal(over_ssh) + heading("USE IN A WORKFLOW") + literal(in_a_workflow) +
         paragraphs(
             "Names are literal, so that all of them are known and looked up before the first "
             "step starts. A secret may stand in env and stdin of scripts, in headers, auth, "
             "form and body of requests and in the parameters of tools; not in commands, URLs, "
             "variables and return values, which are recorded or shown. What a process has in "
             "its environment, other processes of the same user can read; stdin avoids that.") +
         paragraphs(
             "A name is the key of the same spelling. For one run --credential NAME=KEY binds it "
             "to another one, and --secret-file NAME=PATH or --secret-env NAME=VAR give a value "
             "that is kept nowhere. A credential that the workflow lists with required: false may "
             "be missing: then the step that asks for it fails. goflow doctor names those that "
             "saved "
             "workflows wait for, with the commands that store them.") +
         heading("ROTATION AND EXPIRY") +
         paragraphs(
             "goflow cred set with --expires says how long a value is good; goflow cred list "
             "and goflow doctor warn before; a run warns when it has passed, or refuses to start "
             "where the setting credentials.refuse_expired is true. goflow cred list --check "
             "--within 30d fails when one is due, for a monitor. goflow cred rotate gives a "
             "credential a new value and keeps the one before for a day, in which --undo "
             "brings it back. What runs already goes on with the value that it began with; a "
             "run that is taken up again looks it up anew.\n\n"
             "goflow cred export writes credentials to a file under a passphrase, goflow cred "
             "import reads them elsewhere; those in namespaces go along with --all-namespaces. "
             "There is no export in the clear.") +
         heading("WHAT IS MASKED, AND WHAT IS NOT") +
         paragraphs(
             "Whatever goflow writes and records has *** in place of the secrets that it has "
             "looked up, also within JSON, URLs and base64. Values and lines of less than four "
             "bytes stay, since masking them would destroy all text; whatever stores one warns of "
             "it. Numbers and truth values of a structured value stay as well. A program "
             "that turns a secret into something else, by hex, encryption or reversing, or "
             "writes it on two lines, defeats this: mind what scripts print. A number in JSON "
             "that equals a secret is masked like any text, and what is left is no JSON.") +
         heading("SEE ALSO") +
         ".Xr goflow-cred-set 1 ,\n.Xr goflow-cred-get 1 ,\n.Xr goflow-cred-list 1 ,\n"
         ".Xr goflow-cred-test 1 ,\n.Xr goflow-cred-rotate 1 ,\n.Xr goflow-cred-export 1 ,\n"
         ".Xr goflow-doctor 1 ,\n.Xr goflow-environment 7\n";
}

}  // namespace goflow::cli
