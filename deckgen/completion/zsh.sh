#compdef deckgen
# Completion of deckgen in zsh. In ~/.zshrc, after compinit: eval "$(deckgen completion zsh)"
_deckgen() {
	local -a lines
	lines=("${(@f)$("$words[1]" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
	lines=("${(@)lines:#}")
	if (( ! $#lines )); then
		_files
		return
	fi
	lines=("${(@)lines//:/\\:}")
	lines=("${(@)lines/$'\t'/:}")
	_describe deckgen lines
}
compdef _deckgen deckgen
