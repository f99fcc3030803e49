"""Word lists from which prompts, file names, system prompts and unknown questions are put together."""

PREFIX = {
    "en": [""] * 6 + ["Please, ", "please ", "Hey, ", "Hi, ", "Hello! ", "Ok, ", "Now ", "So, ", "Well, ", "And "],
    "it": [""] * 6 + ["Per favore, ", "per favore ", "Ehi, ", "Ciao, ", "Ciao! ", "Ok, ", "Ora ", "Allora, ", "Bene, ",
           "E "],
}
SUFFIX = {
    "en": [""] * 5 + [" please", " thanks", ", please", ", thank you", " now"],
    "it": [""] * 5 + [" per favore", " grazie", ", per favore", ", grazie", " ora"],
}
FILLER = {
    "en": ("just so then really quickly again today here there me us the a this that my your it for about with and or "
           "but could would can maybe I you want need like sum product value answer number right exactly simply result "
           "actually kindly sir friend dear must have do does makes equal problem question calculation all "
           "from").split(),
    "it": ("solo poi davvero subito ancora oggi qui là mi ci il la un questo quello mio tuo lo per di con e o ma "
           "potresti vorresti puoi forse io tu voglio serve come somma prodotto valore risposta numero giusto esatto "
           "pure proprio gentilmente amico caro adesso dunque devo ho fare sapere problema domanda risultato "
           "che").split(),
}
EXTENSIONS = "txt md pdf csv json py cs log png jpg zip docx xml html gguf yaml sh toml".split()
FILE_WORDS = ("notes report data image budget readme todo main test photo list music plan index backup config "
              "letter map "
              "draft song recipe invoice model table note foto lettera spesa lista mappa bozza piano dati conti "
              "ricetta "
              "fattura estate casa lavoro a b c x output input result program hello").split()

# Unknown questions: neither arithmetic, nor files, nor anything from the TALK table.
UNKNOWN = {
    "en": ["What is the {n} of {p}?", "Who is the {n} of {p}?", "Where is the {n}?", "When was the {n} invented?",
           "Why is the {n} so {a}?", "How {a} is the {n}?", "Tell me about the {n}", "Tell me a story about the {n}",
           "Write a poem about {p}", "Do you like the {n}?", "What do you think about {p}?", "Explain the {n}",
           "Who wrote the {n}?", "Translate {n}", "How do I cook the {n}?", "What is {p}?", "Who is {p}?",
           "Is the {n} {a}?", "Describe the {n} of {p}", "Where does {p} live?", "What happened to {p}?",
           "Give me advice about the {n}", "How old is {p}?", "What is the capital of {p}?", "Which {n} is {a}?",
           "I saw a {a} {n}", "My {n} is {a}", "What is {k}?", "Tell me {k}", "What does the {n} mean?"],
    "it": ["Qual è il {n} di {p}?", "Chi è il {n} di {p}?", "Dov'è il {n}?", "Quando fu inventato il {n}?",
           "Perché il {n} è così {a}?", "Quanto è {a} il {n}?", "Parlami del {n}", "Raccontami una storia sul {n}",
           "Scrivi una poesia su {p}", "Ti piace il {n}?", "Cosa pensi di {p}?", "Spiega il {n}",
           "Chi ha scritto il {n}?",
           "Traduci {n}", "Come si cucina il {n}?", "Cos'è {p}?", "Chi è {p}?", "Il {n} è {a}?",
           "Descrivi il {n} di {p}", "Dove vive {p}?", "Cosa è successo a {p}?", "Dammi un consiglio sul {n}",
           "Quanti anni ha {p}?", "Qual è la capitale di {p}?", "Quale {n} è {a}?", "Ho visto un {n} {a}",
           "Il mio {n} è {a}", "Cos'è {k}?", "Dimmi {k}", "Cosa significa il {n}?"],
}
UNKNOWN_MORE = {  # for the last stage
    "en": ["Play some music with a {n}", "Draw a {a} {n}", "Dance with the {n}", "Can you fly to {p}?", "Buy me a {n}",
           "Wake me in {p}",
           "Do people know {p}?", "Is it raining in {p}?", "Did {p} see the {n}?", "Could you say where {p} is?",
           "What is the worst {n} of {p}?", "Tell a joke about the {n}"],
    "it": ["Suona una musica con il {n}", "Disegna un {n} {a}", "Balla con il {n}", "Puoi volare a {p}?",
           "Comprami un {n}", "Svegliami a {p}",
           "La gente conosce {p}?", "Piove a {p}?", "{p} ha visto il {n}?", "Sai dirmi dov'è {p}?",
           "Qual è il peggior {n} di {p}?",
           "Racconta una barzelletta sul {n}", "Cantami qualcosa su {p}", "Inventa una fiaba sul {n}",
           "Recita una preghiera per {p}"],
}
UNKNOWN_HELD = {
    "en": ["Can you tell me where the {n} is?", "Why do people like the {n}?", "What is the best {n} in {p}?",
           "When did {p} discover the {n}?", "Sing a song about the {n}", "What is the weather in {p}?"],
    "it": ["Puoi dirmi dov'è il {n}?", "Perché alla gente piace il {n}?", "Qual è il miglior {n} di {p}?",
           "Quando ha scoperto {p} il {n}?", "Canta una canzone sul {n}", "Che tempo fa a {p}?"],
}
NOUN = {
    "en": ("mountain river king president book film car dog cat house moon sun star tree song dish bread cheese engine "
           "computer phone bridge castle war game team player painter singer law door window garden street school "
           "doctor recipe language population price history meaning weather color height weight age distance").split(),
    "it": ("monte fiume re presidente libro film cane gatto palazzo sole albero canto piatto pane formaggio motore "
           "computer telefono ponte castello gioco giocatore pittore cantante giardino dottore mare lago vino treno "
           "prezzo significato tempo colore peso nome vicino mercato teatro museo poeta drago cielo tetto").split(),
}
ADJECTIVE = {
    "en": ("big small old new fast slow red green happy sad tall short cold hot strange famous good "
           "bad heavy rich").split(),
    "it": ("grande piccolo vecchio nuovo veloce lento rosso verde felice triste alto basso freddo "
           "caldo strano famoso").split(),
}
PROPER = ("Rome Paris Berlin London Madrid Tokyo Vienna Oslo Lisbon Athens Germany Spain Japan China Brazil "
          "Egypt India "
          "Canada Dante Newton Einstein Mozart Galileo Marco Anna Luca Maria Peter John Alice Bob Milano Torino Napoli "
          "Firenze Venezia Bologna Germania Spagna Giappone Cina Egitto Grecia Verdi Leonardo Mario Giulia").split()

SYSTEM = [
    "You are a helpful assistant.", "You are Forge.", "Answer briefly.", "Be kind and short.",
    "You are a process of AgenticOS.",
    "You are a calculator.", "Use the tools when you need them.", "Reply in the language of the user.",
    "You run inside an operating system.", "Never invent results.", "Keep answers short and correct.",
    "You can call tools.", "Tools: CALC, LS.", "To calculate write [[CALC: expression]].",
    "To list the files write [[LS]].",
    "Example: [[CALC: 2+2]].", "Available tools: [[CALC: 12*3]], [[LS]].", "Stop after the tool call.",
    "The result of a tool comes in the next turn.", "Your PID is 3.", "You are process 12.", "You are a worker.",
    "Sei un assistente utile.", "Sei Forge.", "Rispondi in breve.", "Sei un processo di AgenticOS.",
    "Usa gli strumenti quando servono.", "Rispondi nella lingua dell'utente.",
    "Per calcolare scrivi [[CALC: espressione]].",
    "Per elencare i file scrivi [[LS]].", "Non inventare risultati.", "Sii gentile e breve.",
    "You are running in a sandbox with limited permissions.", "Other processes may send you messages.",
    "If you do not know, say so.", "Se non sai, dillo.", "You are an expert assistant for files and numbers.",
]
ERRORS = [
    "division by zero", "overflow", "invalid expression", "Usage [[CALC: expression]]", "timeout", "permission denied",
    "Rate limit exceeded (>12 calls in 10s).", "result too large", "syntax error", "not allowed",
    "The expression is not valid.", "quota exceeded", "Path traversal denied.", "timed out after 8 s", "internal error",
]
