"""First names that are heard often: one of them is never taken for a slip of another."""

NAMES = frozenset(
    """
    aaron abby abigail ada adam adele adrian agnes aidan aisha alan albert alec alex alexander alexandra alfie alfred ali alice
    alicia alison allen amanda amber amelia amir amy ana andre andrea andrew andy angela angie anika anita ann anna annabel anne
    annie anthony anton antonia april arnold arthur ashley astrid audrey austin ava barbara barry beatrice becky ben benjamin bernard
    bert beth betty bill billy bob bobby boris brad bradley brandon brenda brent brian bridget bruce bryan caleb calvin cameron
    camilla carl carla carlos carmen carol carole caroline carrie carter casey catherine cathy cecilia celia charlene charles charlie
    charlotte chelsea cheryl chloe chris christian christina christine christopher cindy claire clara clark claudia clive colin
    connie connor conrad corinne craig crystal curtis cynthia daisy dale damian dan dana dane dani daniel daniela danielle danny daphne darren
    dave david dawn dean deanna deborah debbie deena deepak dena denny delia denise dennis derek diana diane dick diego dieter dina dinah dino dionne dirk dolores
    dominic don donald donna dora doreen doris dorothy doug douglas drew duncan dylan ed eddie edgar edith edward edwin eileen elaine
    eleanor elena eli elias elijah elisa elizabeth ella ellen elliot elsa emil emily emma eric erica erik erin ernest esther ethan
    eva eve evan evelyn fabian fatima faye felix fiona flora florence frances francesca francis frank franz fred freddie frederick
    gabriel gail gareth gary gavin gemma gene geoffrey george georgia gerald gerard gina ginny giovanni gloria gordon grace graham
    grant greg gregory greta gus guy gwen hannah hans harold harriet harrison harry harvey hassan hazel heather heidi helen helena
    henry herbert hilary holly howard hugh hugo ian ibrahim ida igor imogen ines ingrid irene iris isaac isabel isabella ivan ivy
    jack jackie jacob jade jake james jamie jan jana jane janet janice jared jasmine jason jay jean jeff jeffrey jen jenna jennifer
    jenny jeremy jerome jerry jess jesse jessica jessie jill jim jimmy jo joan joanna joanne jochen jodie joe joel johan johanna johannes
    john johnny jon jonas johnson jones jonathan jordan jorge jose joseph josephine josh joshua joy joyce juan judith judy julia julian juliana julie
    juliet june justin kai kara karen karin karl kate katherine kathleen kathryn kathy katie katrina kay keith kelly ken kenneth
    kerry kevin kim kirk kirsten kit klaus kurt kyle lara larry laura lauren laurence lawrence lea leah lee lena leo leon leona
    leonard leslie lewis liam lidia lily linda lisa liz lloyd logan lois lola lorenzo lorna lorraine louis louisa louise luca lucas
    lucia lucy luis luka luke lydia lynn mabel madeleine maggie magnus malcolm mandy manuel mara marc marcel marco marcus margaret
    maria marian marie marilyn marina mario marion marisa mark marlene marlon marsha martha martin martina mary mason mateo matt
    matthew maud maureen maurice max maxine maya megan mei mel melanie melissa mercedes mia michael michaela michelle miguel miller mike
    mila miles milo mina miranda miriam mitch mohammed moira molly moore mona monica morgan moritz muriel nadia nadine nancy naomi natalie
    natasha nate nathan neil nell nick nicola nicole nigel nikhil nina noah noel nora norma norman oliver olivia omar oscar otto owen
    paige pam pamela pat patricia patrick paul paula pauline pedro peggy penelope penny percy perry pete peter petra phil philip
    phoebe phyllis pia pierre polly priya rachel rahul raj ralph ramona randy raul ravi ray raymond rebecca reggie regina renata
    rene rex rhoda ricardo richard rick ricky rita rob robert roberta roberto robin rocco rod roger roland roman ron ronald ronnie rory
    rosa rose rosemary rosie ross roy ruby rudy rupert russell ruth ryan sabine sabrina sally sam samantha samir samuel sandra
    sandy sanjay sara sarah sasha saul scott sean sebastian selina serena seth shane shannon sharon shaun sheila shelley shirley sid
    sidney silvia simon simone sofia sonia sophia sophie stacey stan stanley stella stephanie stephen steve steven stewart stuart
    sue susan susanna susie suzanne sven sybil sylvia tamara tammy tania tanya tara ted teresa terence terry tess tessa theo theodore
    theresa thomas tiffany tim timothy tina toby todd tom tommy toni tony tracey travis trevor trish tristan tyler una ursula
    valentina valerie vanessa vera verity vernon vic vicky victor victoria vince vincent viola violet virginia vivian vivien wade
    wallace walter wanda warren wayne wendy wesley wilfred will william willow winnie winston xavier yasmin yolanda yusuf yvonne zach
    zara zoe
    """.split()
)
