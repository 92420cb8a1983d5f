// Inputs of acts with the types of their fields, written by `npm run generate`; do not edit.

export const INPUTS = {
  "nothing": {},
  "approve": {
    "paper": "Line"
  },
  "officers": {
    "accounts": "List<Line, 20>"
  },
  "recuse": {
    "account": "Line"
  },
  "extend": {
    "limit": "Line",
    "extension": "Line",
    "amount": "Option<u32>"
  },
  "stop_clock": {
    "cause": "Stop"
  },
  "resume_clock": {
    "cause": "Stop"
  },
  "open_case": {
    "subject": "Key",
    "clue": "Option<Line>",
    "violation_facts": "Prose",
    "violation_ended": "Date",
    "grave": "bool",
    "own_jurisdiction": "bool"
  },
  "dispute": {
    "with": "Line"
  },
  "settle_jurisdiction": {
    "own": "bool"
  },
  "evidence": {
    "kind": "EvidenceKind",
    "title": "Line",
    "sm3": "Digest",
    "sha256": "Digest",
    "source": "Line"
  },
  "custody": {
    "evidence": "u32",
    "to": "Key"
  },
  "register_goods": {
    "items": "List<Line>"
  },
  "seal_goods": {
    "items": "List<Line>"
  },
  "settle_goods": {
    "holding": "u32"
  },
  "ask_help": {
    "of": "Line",
    "asked": "Prose"
  },
  "enter_help": {
    "help": "u32",
    "answer": "Prose"
  },
  "refusal": {
    "situation": "Refusal",
    "what": "Prose"
  },
  "conclude": {
    "review_required": "bool",
    "discussion_required": "bool"
  },
  "review": {
    "passed": "bool",
    "opinion": "Prose"
  },
  "notice": {
    "parts": "List<NoticePart, 8>",
    "fine": "Sum",
    "new_facts": "bool",
    "receipt": "Line"
  },
  "statement": {
    "what": "Statement"
  },
  "ask_hearing": {},
  "notify_hearing": {
    "chair": "Line",
    "place": "Line"
  },
  "hold_hearing": {},
  "close_hearing": {},
  "hearing_opinion": {
    "opinion": "Prose"
  },
  "discuss": {
    "opinions": "List<(Line, Prose), 50>",
    "conclusion": "Prose"
  },
  "decide": {
    "items": "List<(Line, Proposal), 50>",
    "lines": "List<Line, 20000>"
  },
  "write_decision": {},
  "announce": {},
  "serve": {
    "receipt": "Line"
  },
  "publish": {
    "anonymous": "bool"
  },
  "overturn": {
    "by": "Line"
  },
  "withdraw_publication": {},
  "pay": {
    "kind": "MoneyKind",
    "account": "Account",
    "amount": "Sum",
    "voucher": "Line"
  },
  "closing": {
    "ground": "ClosingGround"
  },
  "suspect_crime": {
    "crime": "Line"
  },
  "open_transfer": {
    "case": "Line",
    "crime": "Line"
  },
  "team": {
    "accounts": "List<Line, 20>"
  },
  "transfer_report": {
    "paper": "Line"
  },
  "send": {
    "enclosures": "List<Enclosure, 8>",
    "to": "Line",
    "same_level": "bool",
    "letter": "Line"
  },
  "sign_receipt": {},
  "ask_supplement": {
    "items": "List<Line>"
  },
  "supplement": {
    "items": "List<Line>"
  },
  "reroute": {
    "to": "Line"
  },
  "police_answer": {
    "paper": "Line",
    "file_returned": "bool"
  },
  "hand_over": {
    "goods": "List<Line>"
  },
  "stage": {
    "stage": "Line"
  },
  "open_clue": {
    "source": "Source",
    "subject": "Key",
    "key": "Line",
    "amount": "Sum",
    "severity": "u32",
    "grade": "u32"
  },
  "refresh": {
    "amount": "Sum",
    "grade": "u32"
  },
  "merge": {
    "into": "Line"
  },
  "pass_on": {
    "to": "Line"
  },
  "link": {
    "kind": "Line",
    "id": "Key"
  },
  "dispatch": {
    "to": "Line",
    "due": "Date"
  },
  "answer": {
    "outcome": "Outcome",
    "facts": "Prose",
    "found": "Sum",
    "steps": "List<Step, 10>",
    "attachments": "List<Digest, 100>"
  },
  "report_up": {},
  "send_back": {},
  "spot_check": {
    "draw": "Line"
  },
  "cross_check": {
    "region": "Line"
  },
  "complaint": {
    "channel": "Channel",
    "named": "bool",
    "informant": "Option<Informant>",
    "token": "Option<Line>",
    "target": "Line",
    "target_is_person": "Option<bool>",
    "content": "Prose",
    "evidence": "bool"
  },
  "complaint_clue": {
    "clue": "Line"
  },
  "complaint_outcome": {
    "proved": "bool",
    "value": "Sum"
  },
  "tell": {
    "paper": "Line"
  },
  "reward": {
    "amount": "Sum",
    "known": "bool",
    "first": "bool",
    "staff": "bool"
  },
  "tell_reward": {
    "code_sm3": "Digest"
  },
  "claim": {
    "code": "Line"
  },
  "pay_reward": {
    "voucher": "Line"
  },
  "referral": {
    "to": "Department",
    "to_region": "Line",
    "content": "Prose",
    "asked": "Prose",
    "linked": "Line",
    "due": "Date"
  },
  "refuse_referral": {},
  "redirect": {
    "to": "Department",
    "to_region": "Line",
    "due": "Date"
  },
  "referral_result": {
    "result": "Prose",
    "amount": "Sum"
  },
  "listed": {
    "matters": "List<Line, 100>",
    "duty_region": "Line",
    "authorities": "List<Department, 2>",
    "due": "Date"
  },
  "agree": {},
  "progress": {
    "what": "Prose"
  },
  "listed_result": {
    "result": "Prose"
  },
  "agree_to_lift": {},
  "move_due": {
    "day": "Date"
  },
  "meeting": {
    "topic": "Line",
    "departments": "List<Department, 20>"
  },
  "minutes": {
    "minutes": "Prose"
  },
  "task": {
    "what": "Prose",
    "who": "Department",
    "due": "Date"
  },
  "task_result": {
    "task": "u32",
    "result": "Prose"
  },
  "plan_inspection": {
    "kind": "InspectionKind",
    "institution": "Line",
    "plan": "Line"
  },
  "draw": {
    "draw": "Line",
    "accounts": "List<Line, 20>"
  },
  "inspection_notice": {
    "paper": "Line"
  },
  "site_record": {
    "sm3": "Digest"
  },
  "finding": {
    "item": "Line",
    "facts": "Prose",
    "evidence": "List<Digest, 100>",
    "amount": "Sum"
  },
  "none_found": {
    "words": "Prose"
  },
  "institution_statement": {
    "statement": "Prose"
  },
  "hand_over_inspection": {
    "region": "Line"
  },
  "finding_result": {
    "finding": "u32",
    "result": "Prose"
  },
  "inspection_answer": {
    "answer": "Prose"
  },
  "follow_up": {
    "what": "Prose"
  },
  "self_check": {
    "institution": "Line",
    "field": "Line",
    "items": "List<Line, 500>",
    "variant": "Option<Line>"
  },
  "check_answer": {
    "item": "Line",
    "found": "bool",
    "lines": "u32",
    "amount": "Sum",
    "facts": "Prose"
  },
  "refund": {
    "amount": "Sum",
    "voucher": "Line"
  },
  "correct": {
    "item": "Line",
    "correction": "Prose"
  },
  "return_check": {},
  "review_check": {},
  "report": {
    "period": "Line"
  },
  "report_sent": {
    "sm3": "Digest"
  },
  "report_correction": {},
  "trace_plan": {
    "institution": "Line",
    "kind": "Option<Line>"
  },
  "keep": {
    "what": "Line",
    "sm3": "Digest"
  },
  "points": {
    "practitioner": "Key",
    "institution": "Line",
    "event": "Line",
    "responsibility": "Responsibility",
    "points": "u32",
    "facts": "Prose"
  },
  "decide_points": {},
  "contest_points": {
    "what": "Prose"
  },
  "suspend_qualification": {
    "months": "u32"
  },
  "repair": {
    "kind": "Line"
  },
  "restore_qualification": {},
  "add_person": {
    "role": "PersonRole",
    "name": "Personal",
    "certificate": "Option<Personal>",
    "phone": "Option<Personal>",
    "address": "Option<Personal>",
    "account": "Option<Personal>",
    "instead_of": "Option<u32>"
  },
  "person": {
    "person": "Key",
    "measure": "Line",
    "facts": "Prose"
  },
  "talk": {
    "record": "Line"
  },
  "educate": {
    "record": "Line"
  },
  "restrict": {
    "measures": "List<CreditMeasure, 8>"
  },
  "person_notice": {
    "parts": "List<NoticePart, 8>"
  },
  "person_statement": {
    "what": "Statement"
  },
  "person_months": {
    "months": "u32"
  },
  "person_urgent": {
    "situation": "Refusal",
    "what": "Prose"
  },
  "contest_person": {
    "what": "Prose"
  },
  "agreement": {
    "institution": "Line",
    "breach": "Prose"
  },
  "agreement_statement": {
    "what": "Statement"
  },
  "agreement_measures": {
    "measures": "List<AgreementMeasure, 8>",
    "money": "List<(Line, Proposal), 50>"
  },
  "contest_agreement": {
    "paper": "Line",
    "suit": "bool"
  },
  "coordination": {
    "what": "Prose"
  },
  "agreement_result": {
    "result": "Prose"
  },
  "summary": {
    "subject": "Key",
    "person": "bool",
    "fine": "Sum"
  },
  "collect": {},
  "hand_in": {
    "paper": "Line"
  },
  "record_summary": {
    "paper": "Line"
  },
  "sanction": {
    "subject": "Key",
    "measure": "Line",
    "department": "Line",
    "months": "u32",
    "case": "Line"
  }
} as const;
