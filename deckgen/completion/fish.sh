# Completion of deckgen in fish. In ~/.config/fish/config.fish: deckgen completion fish | source
function __deckgen
	set -l words (commandline -opc)
	set -l current (commandline -ct)
	set -l found ($words[1] complete -- $words[2..] "$current" 2>/dev/null)
	if test (count $found) -gt 0
		printf '%s\n' $found
	else
		__fish_complete_path "$current"
	end
end
complete -c deckgen -f -a '(__deckgen)'
